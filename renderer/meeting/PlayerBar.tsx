// The player along the bottom: play, the whole meeting as one sees it, where one is, how fast.
import { Pause, Play, RotateCcw, RotateCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import type { Mark, Meeting, Transcript } from "../../electron/contract.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { Panel } from "../parts/Panel.tsx";
import "../parts/radio.css";
import { act } from "../state/ask.ts";
import { useCell } from "../state/cell.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import { segmentAt } from "./paragraphs.ts";
import { rates } from "./player.ts";
import "./player.css";
import { useReading } from "./reading.ts";
import { speechAfter } from "./silence.ts";
import { Waveform } from "./Waveform.tsx";

interface PlayerBarProps {
  readonly meeting: Meeting;
  readonly transcript: Transcript | null;
  readonly marks: readonly Mark[];
  /** Who speaks is not told: the meeting is shown masked. */
  readonly nameless: boolean;
}

const skipMs = 10_000;

export function PlayerBar({ meeting, transcript, marks, nameless }: PlayerBarProps) {
  const { t } = useTexts();
  const { player, spoken, following } = useReading();
  const audio = useRef<HTMLAudioElement>(null);
  const playing = useCell(player.playing);
  const failed = useCell(player.failed);
  const positionMs = useCell(player.positionMs);

  useEffect(() => (audio.current ? player.attach(audio.current) : undefined), [player]);
  useEffect(
    () =>
      player.positionMs.watch(() => {
        const segment = transcript && segmentAt(transcript.segments, player.positionMs.get());
        spoken.set(segment?.id ?? null);
      }),
    [player, spoken, transcript],
  );
  const { playbackRate, skipSilence } = useSnapshot("settings");
  useEffect(() => player.setRate(playbackRate), [player, playbackRate]);
  useEffect(
    () => player.passOver(skipSilence && transcript ? speechAfter(transcript.segments) : null),
    [player, skipSilence, transcript],
  );
  const toggle = () => {
    following.set(true);
    player.toggle();
  };

  return (
    <section className="player" aria-label={t("player.label")}>
      {/* What is said stands beside it as text: captions would say it twice. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={audio} src={`/sound/${encodeURIComponent(meeting.id)}`} preload="metadata" />
      <Button
        className="button button-plain button-round"
        aria-label={t("player.back")}
        onPress={() => player.skip(-skipMs)}
      >
        <RotateCcw size={18} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button
        className="button button-round player-play"
        aria-label={t(playing ? "player.pause" : "player.play")}
        onPress={toggle}
      >
        {playing ? (
          <Pause size={20} strokeWidth={1.75} aria-hidden />
        ) : (
          <Play size={20} strokeWidth={1.75} aria-hidden />
        )}
      </Button>
      <Button
        className="button button-plain button-round"
        aria-label={t("player.forward")}
        onPress={() => player.skip(skipMs)}
      >
        <RotateCw size={18} strokeWidth={1.75} aria-hidden />
      </Button>
      <Waveform meeting={meeting} transcript={transcript} marks={marks} nameless={nameless} positionMs={positionMs} />
      <span className="player-time figures">
        {clock(positionMs)} / {clock(meeting.durationMs)}
      </span>
      <Speed />
      {failed && (
        <p role="alert" className="player-failed">
          {t("player.failed")}
        </p>
      )}
    </section>
  );
}

/** How one listens: the speed, and whether pauses are passed over. Both are kept. */
function Speed() {
  const { t } = useTexts();
  const { playbackRate, skipSilence } = useSnapshot("settings");
  const words = (rate: number) => `${rate.toLocaleString(undefined)}×`;
  return (
    <DialogTrigger>
      <Button
        className="button button-plain button-small figures player-speed"
        aria-label={`${t("player.speed")} ${words(playbackRate)}`}
      >
        {words(playbackRate)}
      </Button>
      <Panel title={t("player.speed")} placement="top start" className="panel player-speeds">
        {() => (
          <>
            <RadioGroup
              aria-label={t("player.speed")}
              className="radios"
              value={String(playbackRate)}
              onChange={(value) => void act("settings.set", { playbackRate: Number(value) })}
            >
              <div className="radio-line">
                {rates.map((rate) => (
                  <Radio key={rate} value={String(rate)} className="radio figures">
                    <span className="radio-dot" aria-hidden />
                    {words(rate)}
                  </Radio>
                ))}
              </div>
            </RadioGroup>
            <CheckBox
              label={t("player.skipSilence")}
              on={skipSilence}
              onChange={(on) => void act("settings.set", { skipSilence: on })}
            />
          </>
        )}
      </Panel>
    </DialogTrigger>
  );
}
