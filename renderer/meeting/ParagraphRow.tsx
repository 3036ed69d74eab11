// One paragraph of the transcript: who, when, what. A passage that is lit is marked; the one that is heard is underlined.
// Paragraphs are drawn while one scrolls: their buttons are the browser's own, which are drawn faster than React Aria's.
import { memo } from "react";
import type { Segment } from "../../electron/formats.ts";
import { LineEditor } from "../correct/LineEditor.tsx";
import { LineTools } from "../correct/LineTools.tsx";
import { useCorrecting } from "../correct/use-corrections.ts";
import { useCellPart } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import type { SpeakerWords } from "../words/speaker-words.ts";
import { clock } from "../words/time.ts";
import type { Paragraph } from "./paragraphs.ts";
import { isDoubtful } from "./places.ts";
import { lightUp, useReading } from "./reading.ts";
import { isUnsure } from "../speakers/samples.ts";
import { SpeakerMark } from "./SpeakerMark.tsx";
import { UsedIn } from "./UsedIn.tsx";

interface ParagraphRowProps {
  readonly paragraph: Paragraph;
  readonly before: Paragraph | undefined;
  readonly after: Paragraph | undefined;
  readonly speaker: SpeakerWords | undefined;
  readonly hasSound: boolean;
}

// Scrolling draws the list anew at every frame, and nearly all of its rows are as they were.
export const ParagraphRow = memo(Row);

function Row({ paragraph, before, after, speaker, hasSound }: ParagraphRowProps) {
  const { t, language } = useTexts();
  const reading = useReading();
  const { editing } = useCorrecting();
  const writing = useCellPart(editing, (now) => (now?.lineId === paragraph.id ? now : null));
  const time = clock(paragraph.startMs);
  const go = () => {
    if (hasSound) {
      reading.following.set(true);
      reading.player.playFrom(paragraph.startMs);
    } else lightUp(reading, paragraph.segments, null, false);
  };
  return (
    <div className="paragraph" data-first={paragraph.newSpeaker || undefined}>
      {paragraph.newSpeaker && (
        <p className="paragraph-speaker">
          {speaker ? (
            <>
              <SpeakerMark colour={speaker.colour} />
              {speaker.name}
              {speaker.speaker.role && <span className="paragraph-role">{speaker.speaker.role}</span>}
              {paragraph.segments.some(isUnsure) && (
                <span className="paragraph-unsure" lang={language}>
                  {" "}
                  {t("voices.unsureLine")}
                </span>
              )}
            </>
          ) : (
            <span lang={language}>{t("transcript.unknown")}</span>
          )}
        </p>
      )}
      <button
        type="button"
        className="paragraph-time figures"
        aria-label={t(hasSound ? "transcript.playFrom" : "transcript.goTo", { time })}
        onClick={go}
      >
        {time}
      </button>
      <UsedIn paragraph={paragraph} />
      {writing === null ? (
        <>
          <LineTools line={paragraph} />
          <p className="paragraph-text">
            {paragraph.segments.map((segment) => (
              <Passage key={segment.id} segment={segment} />
            ))}
          </p>
        </>
      ) : (
        <LineEditor
          line={paragraph}
          before={before}
          after={after}
          caret={writing.caret}
          speakerName={speaker?.name ?? t("transcript.unknown")}
        />
      )}
    </div>
  );
}

function Passage({ segment }: { readonly segment: Segment }) {
  const { t, language } = useTexts();
  const reading = useReading();
  const lit = useCellPart(reading.lit, ({ segments }) => segments.has(segment.id));
  const glows = useCellPart(reading.glowing, (segments) => segments.has(segment.id));
  const spoken = useCellPart(reading.spoken, (id) => id === segment.id);
  const doubtful = isDoubtful(segment);
  const unsure = isUnsure(segment);
  const Tag = lit ? "mark" : "span";
  return (
    <>
      <Tag
        data-segment={segment.id}
        className="passage"
        data-lit={lit || undefined}
        data-glows={glows || undefined}
        data-spoken={spoken || undefined}
        data-doubtful={doubtful || unsure || undefined}
        title={doubtful ? t("transcript.doubtful") : unsure ? t("voices.unsureLine") : undefined}
      >
        {segment.state === "not-transcribed" || segment.state === "struck" ? (
          <em lang={language} className="passage-absent">
            {t(segment.state === "struck" ? "transcript.struck" : "transcript.notTranscribed")}
          </em>
        ) : (
          segment.text.trim()
        )}
      </Tag>{" "}
    </>
  );
}
