// The answer of a call as a view's state. Runs in the window.
import { useEffect, useState } from "react";
import type { ErrorData } from "../../electron/errors.ts";
import { errorDataOf } from "./ask.ts";

export interface Answered<Value> {
  /** Undefined until the first answer has come; kept while a newer one is on its way. */
  readonly value: Value | undefined;
  readonly error: ErrorData | null;
}

const nothing = { value: undefined, error: null, key: "" };

/**
 * Asks again whenever `key` changes. What was known stays visible meanwhile if `subject` is the same,
 * so that nothing blinks when a snapshot says that something has moved.
 */
export function useAnswer<Value>(subject: string, key: string, load: () => Promise<Value>): Answered<Value> {
  const [state, setState] = useState<Answered<Value> & { readonly key: string }>(nothing);
  useEffect(() => {
    let late = false;
    load().then(
      (value) => {
        if (!late) setState({ value, error: null, key: subject });
      },
      (error: unknown) => {
        if (!late) setState({ value: undefined, error: errorDataOf(error), key: subject });
      },
    );
    return () => {
      late = true;
    };
    // `load` is a new function each time; subject and key say when to ask.
  }, [subject, key]);
  return state.key === subject ? state : (nothing as Answered<Value>);
}
