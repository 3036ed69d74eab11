// Calls to main. Runs in the window. `ask` throws the error; `act` tells the person about it and goes on.
import type { CallArgs, CallName, CallResult } from "../../electron/contract.ts";
import { LyssnaError, fromErrorData, type ErrorData } from "../../electron/errors.ts";
import { tellError } from "./notices.ts";

/** @throws LyssnaError with main's code and details */
export async function ask<Name extends CallName>(name: Name, ...args: CallArgs<Name>): Promise<CallResult<Name>> {
  const answer = await window.lyssna.call(name, ...args);
  if (!answer.ok) throw fromErrorData(answer.error);
  return answer.value;
}

/** For what a person does: a failure becomes a notice, and the answer is then undefined. */
export async function act<Name extends CallName>(
  name: Name,
  ...args: CallArgs<Name>
): Promise<CallResult<Name> | undefined> {
  try {
    return await ask(name, ...args);
  } catch (error) {
    const data = errorDataOf(error);
    if (data.code !== "cancelled") tellError(data);
    return undefined;
  }
}

/** Any thrown value as data: what is not ours says only that something unexpected went wrong. */
export const errorDataOf = (error: unknown): ErrorData =>
  error instanceof LyssnaError ? { code: error.code, details: error.details } : { code: "unexpected", details: {} };
