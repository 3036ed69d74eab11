// The template that is written on: every step can be taken back, and what is written is kept. Runs in the window.
import { useEffect, useEffectEvent, useReducer, useRef, useState } from "react";
import type { Template } from "../../electron/contract.ts";
import { act } from "../state/ask.ts";
import { addStep, type History, redo, startHistory, undo } from "./history.ts";

export interface Desk {
  readonly template: Template;
  /** @param field the text field that was typed in: typing on in it is one step */
  readonly change: (template: Template, field?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** True where something is written that is not saved as a version. */
  readonly changed: boolean;
  /** Saves a version and answers it; undefined if it could not be saved, which the person was then told. */
  readonly save: () => Promise<Template | undefined>;
  /** Away with what is not saved. */
  readonly drop: () => Promise<void>;
}

type Step =
  | { readonly kind: "change"; readonly template: Template; readonly field: string | null; readonly atMs: number }
  | { readonly kind: "undo" | "redo" }
  | { readonly kind: "restart"; readonly template: Template };

function step(history: History<Template>, taken: Step): History<Template> {
  switch (taken.kind) {
    case "change":
      return addStep(history, taken.template, taken.field, taken.atMs);
    case "undo":
      return undo(history);
    case "redo":
      return redo(history);
    case "restart":
      return startHistory(taken.template);
  }
}

export function useDraft(first: Template, savedBefore: Template | null): Desk {
  const [history, take] = useReducer(step, first, startHistory<Template>);
  const [saved, setSaved] = useState(savedBefore);
  const template = history.present;
  const kept = useRef<Template | null>(first);
  const ended = useRef(false);

  /** One after the other; of those that wait only the latest is sent. */
  const sending = useRef(Promise.resolve());

  const keep = useEffectEvent((written: Template) => {
    if (kept.current === written) return;
    kept.current = written;
    sending.current = sending.current.then(async () => {
      if (kept.current !== written || ended.current) return;
      if (saved !== null && sameWords(saved, written)) await act("templates.dropDraft", written.id);
      else await act("templates.keepDraft", written);
    });
  });
  const leave = useEffectEvent(() => {
    const isEmpty = saved === null && template.title.trim() === "" && template.sections.length === 0;
    if (isEmpty) void act("templates.dropDraft", template.id);
  });
  useEffect(() => keep(template), [template]);
  useEffect(() => {
    const last = () => leave();
    window.addEventListener("pagehide", last);
    return () => {
      window.removeEventListener("pagehide", last);
      last();
    };
  }, []);

  return {
    template,
    change: (next, field) => take({ kind: "change", template: next, field: field ?? null, atMs: Date.now() }),
    undo: () => take({ kind: "undo" }),
    redo: () => take({ kind: "redo" }),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    changed: saved === null || !sameWords(saved, template),
    async save() {
      await sending.current;
      const answer = await act("templates.save", template);
      if (answer === undefined) return undefined;
      kept.current = answer;
      setSaved(answer);
      take({ kind: "restart", template: answer });
      return answer;
    },
    async drop() {
      ended.current = saved === null;
      kept.current = saved;
      if (saved !== null) take({ kind: "restart", template: saved });
      await sending.current;
      await act("templates.dropDraft", template.id);
    },
  };
}

/** Whether two say the same, whatever their numbers. */
const sameWords = (one: Template, other: Template): boolean =>
  JSON.stringify({ ...one, version: 0 }) === JSON.stringify({ ...other, version: 0 });
