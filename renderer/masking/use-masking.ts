// What was decided about masking a meeting, and how to change it. Runs in the window.
import { createContext, use } from "react";
import type { MaskPlace, MaskState, Meeting } from "../../electron/contract.ts";
import type { MaskChoice, MaskWords } from "../../electron/masking-choice.ts";
import { type MaskKind, noChoice, noWords } from "../../electron/masking-kinds.ts";
import { act, ask } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";

export interface Masking {
  readonly on: boolean;
  /** False until it is known what was decided. */
  readonly loaded: boolean;
  readonly choice: MaskChoice;
  readonly caseWords: MaskWords;
  /** Changes with every decision, so that what is shown is asked for anew. */
  readonly revision: number;
  turn(on: boolean): Promise<void>;
  keepHere(place: MaskPlace): Promise<void>;
  maskHere(place: MaskChoice["places"][number]): Promise<void>;
  /** Also takes words away that a person had added. */
  keepAll(texts: readonly string[], forCase: boolean): Promise<void>;
  maskAll(text: string, kind: MaskKind | null, forCase: boolean): Promise<void>;
  forget(text: string): Promise<void>;
}

/** Of the open meeting: head, text and export dialog speak of the same. */
export const MaskingContext = createContext<Masking | null>(null);

/** Null outside an open meeting. */
export const useOpenMasking = (): Masking | null => use(MaskingContext);

export function useMasking({ id, caseReference }: Pick<Meeting, "id" | "caseReference">): Masking {
  // Also those of a window beside this one.
  const revision = useSnapshot("changes")[id]?.masking ?? 0;
  const { value, error } = useAnswer<MaskState>(`masking ${id}`, `${caseReference} ${String(revision)}`, () =>
    ask("masking.get", id),
  );
  const choice = value?.choice ?? noChoice;
  const caseWords = value?.caseWords ?? noWords;
  const save = async (next: MaskChoice, words: MaskWords = caseWords) => {
    if (
      words !== caseWords &&
      caseReference !== "" &&
      (await act("masking.saveWords", caseReference, words)) === undefined
    )
      return;
    await act("masking.save", id, next);
  };
  return {
    on: choice.on,
    loaded: value !== undefined || error !== null,
    choice,
    caseWords,
    revision,
    turn: (on) => save({ ...choice, on }),
    keepHere: ({ passage, start, end, kind, text }) =>
      save({ ...choice, places: [...choice.places, { passage, start, end, kind, text, isMasked: false }] }),
    maskHere: (place) => save({ ...choice, places: choice.places.filter((one) => one !== place) }),
    keepAll: (texts, forCase) => {
      const own = { ...choice, ...without(choice, texts) };
      const rest = without(caseWords, texts);
      return forCase
        ? save(own, { ...rest, never: [...rest.never, ...texts] })
        : save({ ...own, never: [...own.never, ...texts] }, touched(caseWords, rest));
    },
    maskAll: (text, kind, forCase) => {
      const own = { ...choice, ...without(choice, [text]) };
      const rest = without(caseWords, [text]);
      const added = kind === null ? [] : [{ text, kind }];
      return forCase
        ? save(own, { ...rest, always: [...rest.always, ...added] })
        : save({ ...own, always: [...own.always, ...added] }, touched(caseWords, rest));
    },
    forget: (text) => save({ ...choice, ...without(choice, [text]) }, touched(caseWords, without(caseWords, [text]))),
  };
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

function without(words: MaskWords, texts: readonly string[]): MaskWords {
  const stays = (text: string): boolean => !texts.some((other) => same(text, other));
  return { always: words.always.filter(({ text }) => stays(text)), never: words.never.filter(stays) };
}

/** The same value where nothing was taken away: nothing is written then. */
const touched = (before: MaskWords, after: MaskWords): MaskWords =>
  before.always.length === after.always.length && before.never.length === after.never.length ? before : after;
