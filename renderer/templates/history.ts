// What was written, step by step, so that each step can be taken back. Values only. Runs in the window.

export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
  /** Which field the last step was typed in, and when: typing on is one step. */
  readonly field: string | null;
  readonly atMs: number;
}

/** So many steps can be taken back. */
const stepsMax = 200;
/** Letters that follow each other within this time in one field are one step. */
const typingMs = 1500;

export const startHistory = <Value>(present: Value): History<Value> => ({
  past: [],
  present,
  future: [],
  field: null,
  atMs: 0,
});

/** @param field the text field that was typed in, or null for a step of its own */
export function addStep<Value>(
  history: History<Value>,
  present: Value,
  field: string | null,
  atMs: number,
): History<Value> {
  const sameStep = field !== null && field === history.field && atMs - history.atMs < typingMs;
  const past = sameStep ? history.past : [...history.past, history.present].slice(-stepsMax);
  return { past, present, future: [], field, atMs };
}

export function undo<Value>(history: History<Value>): History<Value> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present, future, field: null, atMs: 0 };
}

export function redo<Value>(history: History<Value>): History<Value> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, field: null, atMs: 0 };
}
