// A line that is being written over, in its place, while the sound goes on.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { textOf } from "../../electron/editing/retell.ts";
import type { Paragraph } from "../meeting/paragraphs.ts";
import { useReading } from "../meeting/reading.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import "./correct.css";
import { UnknownWords } from "./UnknownWords.tsx";
import { useCorrecting } from "./use-corrections.ts";
import { useSpelling, type WrittenWord, wordsOf } from "./use-spelling.ts";

interface LineEditorProps {
  readonly line: Paragraph;
  readonly before: Paragraph | undefined;
  readonly after: Paragraph | undefined;
  readonly caret: number | null;
  readonly speakerName: string;
}

const skipMs = 3000;

export function LineEditor({ line, before, after, caret, speakerName }: LineEditorProps) {
  const { t, language } = useTexts();
  const { player } = useReading();
  const corrections = useCorrecting();
  const field = useRef<HTMLTextAreaElement>(null);
  const standing = textOf(line.segments);
  /** The line as it stood when what is written here began. */
  const [base, setBase] = useState({ line, text: standing });
  const [text, setText] = useState(standing);
  const [caretAt, setCaretAt] = useState<number | null>(null);
  // Changed elsewhere, or by the change that opened it: what nobody has written over is simply shown as it is now.
  if (base.text !== standing && text === base.text) {
    setBase({ line, text: standing });
    setText(standing);
  }
  const isMoved = base.text !== standing && text !== standing && text !== base.text;
  const { transcript } = corrections;
  const spelling = useSpelling(text, caretAt, transcript, line.segments[0]?.language ?? transcript.language);

  /** What is to be kept when the line goes out of sight in the middle of writing; null once it is decided. */
  const unkept = useRef<{ readonly line: Paragraph; readonly text: string } | null>(null);
  const decided = useRef(false);
  useLayoutEffect(() => {
    unkept.current = decided.current ? null : { line: isMoved ? base.line : line, text };
  });
  // Before anything is drawn: the next key belongs here.
  useLayoutEffect(() => {
    const area = field.current;
    const at = Math.min(caret ?? Number.MAX_SAFE_INTEGER, area?.value.length ?? 0);
    area?.focus();
    area?.setSelectionRange(at, at);
  }, [caret, base]);
  useEffect(
    () => () => {
      if (unkept.current !== null) void corrections.write(unkept.current.line, unkept.current.text);
    },
    // oxlint-disable-next-line react/exhaustive-deps -- only when it leaves.
    [],
  );

  const leave = (run?: () => Promise<void>) => {
    decided.current = true;
    unkept.current = null;
    corrections.editing.set(null);
    void run?.();
  };
  const write = (value: string) => setText(value.replaceAll(/\s*\n\s*/gu, " "));
  const keep = () => leave(() => corrections.write(line, text));
  const moveTo = (to: Paragraph | undefined, area: HTMLTextAreaElement) => {
    if (to !== undefined && !isMoved) leave(() => corrections.move(line, to, text, area.selectionStart));
    return true;
  };
  const keys: Readonly<Record<string, (area: HTMLTextAreaElement) => boolean>> = {
    Escape: () => (leave(), true),
    Enter(area) {
      if (!isMoved) leave(() => corrections.split(line, text, area.selectionStart));
      return true;
    },
    "Ctrl+Enter": () => (keep(), true),
    "Ctrl+ ": () => (player.toggle(), true),
    "Ctrl+j": () => (player.skip(-skipMs), true),
    "Ctrl+l": () => (player.skip(skipMs), true),
    "Alt+ArrowUp": (area) => moveTo(before, area),
    "Alt+ArrowDown": (area) => moveTo(after, area),
    "Ctrl+.": () => (editorOf(field.current)?.querySelector<HTMLElement>(".unknown-word")?.focus(), true),
    Backspace(area) {
      if (before === undefined || area.selectionStart > 0 || area.selectionEnd > 0 || isMoved) return false;
      leave(() => corrections.merge(before, line, text));
      return true;
    },
  };
  return (
    <div
      className="line-editor"
      onBlur={(event) => {
        const to = event.relatedTarget;
        // Suggestions float outside of it and still belong to it.
        if (event.currentTarget.contains(to) || (to !== null && to.closest(".line-float") !== null)) return;
        if (!decided.current && !isMoved) keep();
      }}
    >
      <div className="line-write">
        <Backdrop text={text} unknown={spelling.unknown} />
        <textarea
          ref={field}
          className="line-field"
          aria-label={t("correct.field", { name: speakerName })}
          aria-describedby={`line-keys-${line.id}`}
          rows={1}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setCaretAt(event.target.selectionEnd);
            write(event.target.value);
          }}
          onSelect={(event) => {
            // A word that the caret has left is judged.
            if (event.currentTarget.selectionEnd !== caretAt) setCaretAt(null);
          }}
          onKeyDown={(event) => {
            const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.key}`;
            if (keys[name]?.(event.currentTarget) === true) event.preventDefault();
          }}
        />
      </div>
      {isMoved && (
        <div className="line-moved" role="alert" lang={language}>
          <p>{t("correct.moved.what")}</p>
          <blockquote className="line-quote" lang={transcript.language}>
            {standing}
          </blockquote>
          <div className="line-foot">
            <TextButton small kind="outline" onPress={keep}>
              {t("correct.moved.mine")}
            </TextButton>
            <TextButton small kind="plain" onPress={() => leave()}>
              {t("correct.moved.theirs")}
            </TextButton>
          </div>
        </div>
      )}
      <div className="line-foot" lang={language}>
        <UnknownWords
          spelling={spelling}
          onPut={(word, instead) => setText(withWord(text, word, instead))}
          onDone={() => requestAnimationFrame(() => field.current?.focus())}
        />
        <TextButton small kind="outline" onPress={keep}>
          {t("correct.done")}
        </TextButton>
        <TextButton small kind="plain" onPress={() => leave()}>
          {t("correct.cancel")}
        </TextButton>
        <p id={`line-keys-${line.id}`} className="quiet line-keys">
          {t("correct.keys")}
        </p>
      </div>
    </div>
  );
}

const editorOf = (field: HTMLElement | null) => field?.closest(".line-editor") ?? null;

/** Behind the field, as high as what it holds, with a line under the words that no dictionary knows. */
function Backdrop({ text, unknown }: { readonly text: string; readonly unknown: readonly WrittenWord[] }) {
  const parts = unknown.flatMap(({ start, end }, index) => [
    text.slice(unknown[index - 1]?.end ?? 0, start),
    <span key={start} className="unknown">
      {text.slice(start, end)}
    </span>,
  ]);
  return (
    <div className="line-backdrop" aria-hidden>
      {parts}
      {text.slice(unknown.at(-1)?.end ?? 0)}
      {/* A space at the end takes a line too. */}
      {"\u200B"}
    </div>
  );
}

/** Every word that is written so becomes another. */
function withWord(text: string, word: string, instead: string): string {
  let changed = text;
  for (const { text: found, start, end } of wordsOf(text).toReversed())
    if (found === word) changed = changed.slice(0, start) + instead + changed.slice(end);
  return changed;
}
