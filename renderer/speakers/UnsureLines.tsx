// The lines of which nobody is sure whose they are, one by one: heard, given to somebody by a figure, and on to the next.
import { Pause, Play } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { withSpeaker } from "../../electron/editing/lines.ts";
import type { Segment, Transcript } from "../../electron/formats.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import { speakerWords } from "../words/speaker-words.ts";
import { clock } from "../words/time.ts";
import { isUnsure } from "./samples.ts";
import type { SamplePlayer } from "./use-sample.ts";

interface UnsureLinesProps {
  readonly meetingId: string;
  readonly transcript: Transcript;
  readonly sample: SamplePlayer | null;
  readonly onChanged: () => void;
  readonly onDone: () => void;
}

export function UnsureLines({ meetingId, transcript, sample, onChanged, onDone }: UnsureLinesProps) {
  const { t } = useTexts();
  const heading = useRef<HTMLParagraphElement>(null);
  // What was passed over stays unsure, and is not asked about again here.
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const people = [...speakerWords(transcript, t).values()];
  const left = transcript.segments.filter((segment) => isUnsure(segment) && !passed.has(segment.id));
  const [line] = left;
  const lineId = line?.id ?? null;
  const pass = (id: string) => setPassed((before) => new Set([...before, id]));

  const give = async (segment: Segment, speaker: string) => {
    setBusy(true);
    pass(segment.id);
    const hunks = [{ before: [segment], after: [withSpeaker(segment, speaker)] }];
    const made = await act("corrections.make", meetingId, { kind: "speaker", hunks });
    // Each answer may settle the next ones too.
    const moved = made === undefined ? undefined : await act("voices.learn", meetingId);
    setBusy(false);
    if (moved !== undefined && moved > 0) announce(t("voices.moved", { count: moved }));
    onChanged();
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || line === undefined || busy) return;
    const chosen = people[Number(event.key) - 1];
    if (/^[1-9]$/u.test(event.key) && chosen !== undefined) void give(line, chosen.speaker.id);
    else if (event.key === "ArrowRight") pass(line.id);
    else if (event.key === "p") sample?.press(line);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  const begin = useEffectEvent(() => {
    heading.current?.focus();
    if (line !== undefined) sample?.press(line);
  });
  useEffect(() => {
    if (lineId !== null) begin();
  }, [lineId]);

  if (line === undefined) {
    return (
      <div className="voices">
        <p>{t("voices.noneLeft")}</p>
        <TextButton kind="primary" onPress={onDone}>
          {t("voices.back")}
        </TextButton>
      </div>
    );
  }
  const isHeard = sample?.playing === line.id;
  return (
    <div className="voices">
      <p className="quiet">{t("voices.left", { count: left.length })}</p>
      <p ref={heading} tabIndex={-1} className="voice-line" lang={transcript.language}>
        <span className="figures quiet">{clock(line.startMs)}</span> {line.text.trim()}
      </p>
      <fieldset className="voice-choices">
        <legend>{t("voices.whose")}</legend>
        {people.map((words, at) => (
          <TextButton
            key={words.speaker.id}
            kind={words.speaker.id === line.speaker ? "primary" : "outline"}
            isDisabled={busy}
            onPress={() => void give(line, words.speaker.id)}
          >
            {at < 9 ? `${at + 1} ${words.name}` : words.name}
          </TextButton>
        ))}
      </fieldset>
      <div className="form-foot">
        {sample !== null && (
          <TextButton kind="plain" icon={isHeard ? Pause : Play} onPress={() => sample.press(line)}>
            {t(isHeard ? "voices.stopLine" : "voices.listenLine")}
          </TextButton>
        )}
        <TextButton kind="plain" onPress={() => pass(line.id)}>
          {t("voices.skip")}
        </TextButton>
        <TextButton kind="plain" onPress={onDone}>
          {t("voices.back")}
        </TextButton>
      </div>
      <p className="quiet">{t("voices.keys")}</p>
    </div>
  );
}
