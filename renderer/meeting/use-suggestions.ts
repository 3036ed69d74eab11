// What the glossary suggests for the open meeting, and the answers to it. Runs in the window.
import { useState } from "react";
import type { Suggestion, Transcript } from "../../electron/contract.ts";
import { act, ask } from "../state/ask.ts";
import { tell } from "../state/notices.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { keyOf, moved, remainingOf, undoing } from "./suggestions.ts";

export interface Suggestions {
  readonly left: readonly Suggestion[];
  /** Puts them into the transcript; they can be taken back for some seconds. */
  accept(suggestions: readonly Suggestion[]): Promise<void>;
  reject(suggestion: Suggestion): Promise<void>;
}

const nothing: readonly Suggestion[] = [];

/** @param onChanged the transcript was changed, and is to be asked for again */
export function useSuggestions(meetingId: string, transcript: Transcript, onChanged: () => void): Suggestions {
  const { t } = useTexts();
  // Accepting moves what comes after in a segment, which is followed here; only another transcript is read anew.
  const { value: all = nothing } = useAnswer(meetingId, `${transcript.segments.length}`, () =>
    ask("glossary.suggest", meetingId),
  );
  const [accepted, setAccepted] = useState(nothing);
  const [rejected, setRejected] = useState(nothing);
  const left = remainingOf(all, accepted, rejected);

  const change = async (changes: readonly Suggestion[]) => {
    const made = await act("glossary.accept", meetingId, changes.map(toChange));
    if (made !== undefined) onChanged();
    return made !== undefined;
  };
  return {
    left,
    async accept(suggestions) {
      const keys = new Set(suggestions.map((suggestion) => keyOf(suggestion)));
      const chosen = all.filter((suggestion) => keys.has(keyOf(moved(suggestion, accepted))));
      if (!(await change(suggestions))) return;
      const now = [...accepted, ...chosen];
      setAccepted(now);
      const close = tell({
        kind: "done",
        text: t("suggestions.changed", { count: chosen.length }),
        action: {
          label: t("suggestions.undo"),
          run: () => {
            close();
            void change(undoing(chosen, now)).then((made) => {
              if (made) setAccepted((list) => list.filter((suggestion) => !chosen.includes(suggestion)));
            });
          },
        },
      });
    },
    async reject(suggestion) {
      const answer = await act("glossary.reject", meetingId, [{ termId: suggestion.termId, heard: suggestion.heard }]);
      if (answer !== undefined) setRejected((list) => [...list, suggestion]);
    },
  };
}

const toChange = ({ segmentId, start, end, heard, replacement, termId }: Suggestion) => ({
  segmentId,
  start,
  end,
  heard,
  replacement,
  termId,
});
