// What is said, while it is said: provisional, quieter than a transcript, the last paragraph growing. A screen reader is
// told when the text lags or ends, and finds the words where they stand: read out, they would drown the conversation.
import { useLayoutEffect, useRef } from "react";
import type { ErrorCode } from "../../electron/errors.ts";
import type { LiveLine, LiveText } from "../../electron/live-text.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import { type LiveParagraph, toLiveParagraphs } from "./live-paragraphs.ts";
import "./live-text.css";

/** Reasons that a person can do something about; of any other, that it ended is all there is to know. */
const toldReasons: ReadonlySet<ErrorCode> = new Set([
  "model-missing",
  "model-damaged",
  "model-too-large",
  "no-model-fits",
]);
/** So near the end, a reader follows it. */
const nearEndPx = 48;

interface LiveTextPaneProps {
  readonly text: LiveText;
  /** BCP 47 code of what is spoken, for the screen reader's voice; left out where it is not known. */
  readonly spoken?: string;
}

export function LiveTextPane({ text, spoken }: LiveTextPaneProps) {
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const { state, lines, error, hasEarlier, isAwaited } = text;
  useLayoutEffect(() => {
    if (follows.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  });
  const paragraphs = toLiveParagraphs(lines);
  return (
    <section className="live" aria-label={t("live.title")}>
      <p className="live-hint quiet">{t("live.provisional")}</p>
      <div
        ref={scroller}
        className="live-text"
        role="log"
        aria-live="off"
        aria-label={t("live.title")}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < nearEndPx;
        }}
      >
        {hasEarlier && <p className="live-absent quiet">{t("live.earlier")}</p>}
        {paragraphs.map((paragraph, at) => (
          <Paragraph
            key={paragraph.startMs}
            paragraph={paragraph}
            spoken={spoken}
            grows={isAwaited && at === paragraphs.length - 1}
          />
        ))}
        {isAwaited && paragraphs.length === 0 && <Awaited />}
      </div>
      <output className="live-state quiet">
        {state === "behind" && t("live.behind")}
        {state === "off" && t("live.off")}
        {state === "off" && error && toldReasons.has(error.code) && (
          <>
            {" "}
            <ErrorText error={error} />
          </>
        )}
      </output>
    </section>
  );
}

interface ParagraphProps {
  readonly paragraph: LiveParagraph;
  readonly spoken: string | undefined;
  readonly grows: boolean;
}

function Paragraph({ paragraph, spoken, grows }: ParagraphProps) {
  return (
    <div className="live-paragraph">
      <span className="live-time figures">{clock(paragraph.startMs)}</span>
      <p className="live-words" lang={spoken}>
        {paragraph.lines.map((line) => (
          <Line key={line.startMs} line={line} />
        ))}
        {grows && <Awaited />}
      </p>
    </div>
  );
}

function Line({ line }: { readonly line: LiveLine }) {
  const { t, language } = useTexts();
  if (line.state === "heard") return <>{line.text} </>;
  return (
    <>
      <em className="live-absent" lang={language}>
        {t("live.later")}
      </em>{" "}
    </>
  );
}

/** Somebody speaks, and the words are on their way. */
const Awaited = () => (
  <span className="live-awaited" aria-hidden>
    …
  </span>
);
