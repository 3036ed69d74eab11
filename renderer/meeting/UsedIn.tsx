// In the margin of the transcript: how many sentences of the summary rest on a paragraph, and the way to them.
import { useRef } from "react";
import { useCellPart } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import type { Paragraph } from "./paragraphs.ts";
import { useReading } from "./reading.ts";

export function UsedIn({ paragraph }: { readonly paragraph: Paragraph }) {
  const { t, language } = useTexts();
  const { asked, cited, pointed } = useReading();
  const next = useRef(0);
  // A string compares by value: a paragraph is drawn anew only when its own sentences change.
  const joined = useCellPart(cited, (sentences) =>
    [...new Set(paragraph.segments.flatMap(({ id }) => sentences.get(id) ?? []))].join(separator),
  );
  if (joined === "") return null;
  const keys = joined.split(separator);
  const goOn = () => {
    const sentenceKey = keys[next.current % keys.length];
    next.current += 1;
    if (sentenceKey !== undefined) asked.set({ sentenceKey });
  };
  return (
    <span lang={language} className="used-in">
      <button
        type="button"
        className="used-in-button figures"
        aria-label={t("usedIn.go", { count: keys.length })}
        onClick={goOn}
        onPointerEnter={() => pointed.set(paragraph.segments.map(({ id }) => id))}
        onPointerLeave={() => pointed.set([])}
      >
        {keys.length}
      </button>
    </span>
  );
}

const separator = "\n";
