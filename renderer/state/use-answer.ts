// The answer of a call as a view's state. Runs in the window.
import { useEffect, useEffectEvent, useState } from "react";
import type { ErrorData } from "../../electron/errors.ts";
import { errorDataOf } from "./ask.ts";

export interface Answered<Value> {
  /** Undefined until the first answer has come; kept while a newer one is on its way. */
  readonly value: Value | undefined;
  readonly error: ErrorData | null;
  /** What the answer is about, and which asking it came from. */
  readonly subject: string;
  readonly key: string;
}

/**
 * Asks again whenever `key` changes. What was known stays visible meanwhile if `subject` is the same,
 * so that nothing blinks when a snapshot says that something has moved. `load` may tell the beginning of its answer
 * early; it is shown where nothing is known yet.
 */
export function useAnswer<Value>(
  subject: string,
  key: string,
  load: (early: (value: Value) => void) => Promise<Value>,
): Answered<Value> {
  const nothing: Answered<Value> = { value: undefined, error: null, subject, key: "" };
  const [state, setState] = useState(nothing);
  const ask = useEffectEvent(load);
  useEffect(() => {
    let late = false;
    const settle = (answer: Pick<Answered<Value>, "value" | "error">) => {
      if (!late) setState({ ...answer, subject, key });
    };
    const early = (value: Value) =>
      setState((known) =>
        late || (known.subject === subject && known.value !== undefined)
          ? known
          : { value, error: null, subject, key: "" },
      );
    ask(early).then(
      (value) => settle({ value, error: null }),
      (error: unknown) => settle({ value: undefined, error: errorDataOf(error) }),
    );
    return () => {
      late = true;
    };
  }, [subject, key]);
  return state.subject === subject ? state : nothing;
}
