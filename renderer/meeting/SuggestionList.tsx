// Each suggestion in its sentence, before and after, with yes and no. By keyboard: up and down between suggestions,
// left and right between yes and no, and the next one has the focus when one is answered.
import { type KeyboardEvent, useRef } from "react";
import type { Suggestion, Transcript } from "../../electron/contract.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import { contextOf, keyOf } from "./suggestions.ts";
import type { Suggestions } from "./use-suggestions.ts";

/** More than these are not drawn at once; the next come as these are answered. */
const mostShown = 50;

interface SuggestionListProps {
  readonly transcript: Transcript;
  readonly suggestions: Suggestions;
  /** The last one was answered. */
  readonly onEnd: () => void;
}

export function SuggestionList({ transcript, suggestions, onEnd }: SuggestionListProps) {
  const { t } = useTexts();
  const list = useRef<HTMLUListElement>(null);
  const { left } = suggestions;
  const segments = new Map(transcript.segments.map((segment) => [segment.id, segment]));

  const buttons = () => [...(list.current?.querySelectorAll("button") ?? [])];
  /** Two buttons a suggestion. */
  const focusAt = (index: number) =>
    buttons()
      .at(Math.max(0, Math.min(index, buttons().length - 1)))
      ?.focus();
  const answer = async (index: number, run: () => Promise<void>) => {
    await run();
    if (left.length === 1) onEnd();
    else requestAnimationFrame(() => focusAt(index * 2));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = buttons().indexOf(event.target as HTMLButtonElement);
    const step = { ArrowDown: 2, ArrowUp: -2, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (at < 0 || step === undefined || buttons()[at + step] === undefined) return;
    event.preventDefault();
    focusAt(at + step);
  };

  return (
    <>
      <p className="quiet">{t("suggestions.hint")}</p>
      {/* The arrows are beside the buttons' own keys, not instead of them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul ref={list} className="suggestions" onKeyDown={onKeyDown}>
        {left.slice(0, mostShown).map((suggestion, index) => {
          const segment = segments.get(suggestion.segmentId);
          return (
            segment && (
              <SuggestionRow
                key={keyOf(suggestion)}
                suggestion={suggestion}
                text={segment.text}
                language={segment.language ?? transcript.language}
                startMs={segment.startMs}
                focusFirst={index === 0}
                onYes={() => void answer(index, () => suggestions.accept([suggestion]))}
                onNo={() => {
                  announce(t("suggestions.kept", { heard: suggestion.heard }));
                  void answer(index, () => suggestions.reject(suggestion));
                }}
              />
            )
          );
        })}
      </ul>
      <div className="form-foot">
        <TextButton kind="outline" onPress={() => void suggestions.accept(left).then(onEnd)}>
          {t("suggestions.all", { count: left.length })}
        </TextButton>
      </div>
    </>
  );
}

interface SuggestionRowProps {
  readonly suggestion: Suggestion;
  readonly text: string;
  readonly language: string;
  readonly startMs: number;
  readonly focusFirst: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function SuggestionRow({ suggestion, text, language, startMs, focusFirst, onYes, onNo }: SuggestionRowProps) {
  const { t } = useTexts();
  const { heard, replacement } = suggestion;
  const { before, after } = contextOf(text, suggestion);
  return (
    <li className="suggestion">
      <p className="suggestion-text" lang={language}>
        <span className="quiet figures suggestion-time">{clock(startMs)}</span> {before}
        <del>{heard}</del> <ins>{replacement}</ins>
        {after}
      </p>
      <div className="suggestion-answers">
        <TextButton
          small
          kind="outline"
          aria-label={t("suggestions.yesFor", { heard, replacement })}
          // The list was opened to answer it: it begins in its first answer.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={focusFirst}
          onPress={onYes}
        >
          {t("suggestions.yes")}
        </TextButton>
        <TextButton small kind="plain" aria-label={t("suggestions.noFor", { heard })} onPress={onNo}>
          {t("suggestions.no")}
        </TextButton>
      </div>
    </li>
  );
}
