// A line that is being written over, in its place, while the sound goes on.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { textOf } from "../../electron/editing/retell.ts";
import type { Paragraph } from "../meeting/paragraphs.ts";
import { useReading } from "../meeting/reading.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import "./correct.css";
import { useCorrecting } from "./use-corrections.ts";

interface LineEditorProps {
  readonly line: Paragraph;
  readonly before: Paragraph | undefined;
  readonly caret: number | null;
  readonly speakerName: string;
}

const backMs = 3000;

export function LineEditor({ line, before, caret, speakerName }: LineEditorProps) {
  const { t, language } = useTexts();
  const { player } = useReading();
  const corrections = useCorrecting();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => textOf(line.segments));
  /** What is to be kept when the line goes out of sight in the middle of writing; null once it is decided. */
  const unkept = useRef<string | null>(text);

  // As high as what it holds.
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.blockSize = "auto";
    area.style.blockSize = `${String(area.scrollHeight)}px`;
  }, [text]);
  // Before anything is drawn: the next key belongs here.
  useLayoutEffect(() => {
    const area = field.current;
    const at = caret ?? area?.value.length ?? 0;
    area?.focus();
    area?.setSelectionRange(at, at);
  }, [caret]);
  useEffect(
    () => () => {
      if (unkept.current !== null) void corrections.write(line, unkept.current);
    },
    // oxlint-disable-next-line react/exhaustive-deps -- only when it leaves, with the line that it was opened on.
    [],
  );

  const leave = (run?: () => Promise<void>) => {
    unkept.current = null;
    corrections.editing.set(null);
    void run?.();
  };
  const keep = () => leave(() => corrections.write(line, text));
  const keys: Readonly<Record<string, (area: HTMLTextAreaElement) => boolean>> = {
    Escape: () => (leave(), true),
    Enter: (area) => (leave(() => corrections.split(line, text, area.selectionStart)), true),
    "Ctrl+Enter": () => (keep(), true),
    "Ctrl+ ": () => (player.toggle(), true),
    "Ctrl+j": () => (player.skip(-backMs), true),
    Backspace(area) {
      if (before === undefined || area.selectionStart > 0 || area.selectionEnd > 0) return false;
      leave(() => corrections.merge(before, line, text));
      return true;
    },
  };
  return (
    <div
      className="line-editor"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && unkept.current !== null) keep();
      }}
    >
      <textarea
        ref={field}
        className="line-field"
        aria-label={t("correct.field", { name: speakerName })}
        aria-describedby={`line-keys-${line.id}`}
        rows={1}
        value={text}
        onChange={(event) => {
          const plain = event.target.value.replaceAll(/\s*\n\s*/gu, " ");
          unkept.current = plain;
          setText(plain);
        }}
        onKeyDown={(event) => {
          const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.key}`;
          if (keys[name]?.(event.currentTarget) === true) event.preventDefault();
        }}
      />
      <div className="line-foot" lang={language}>
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
