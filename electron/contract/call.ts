// How a call is declared, and what arguments are bounded by.
import { z } from "zod";

export interface Call<Args extends z.ZodTuple, Result> {
  readonly args: Args;
  /** Only a type: never set. */
  readonly result?: Result;
}

export const call =
  <Result>() =>
  <Args extends z.ZodTuple>(args: Args): Call<Args, Result> => ({ args });

export const id = z.string().min(1).max(64);
export const path = z.string().min(1).max(4096);
export const passage = z.string().max(20_000);
export const templateId = z.string().regex(/^[a-z0-9-]{1,64}$/u);
