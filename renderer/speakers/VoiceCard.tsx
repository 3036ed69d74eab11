// One voice: passages to listen to, its name and role, what it is to be one with, or two of.
import { Merge, Pause, Play, Split } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { Label, TextField } from "react-aria-components/TextField";
import type { Correction } from "../../electron/contract.ts";
import { withSpeaker } from "../../electron/editing/lines.ts";
import type { Transcript } from "../../electron/formats.ts";
import { SpeakerMark } from "../meeting/SpeakerMark.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import type { SpeakerWords } from "../words/speaker-words.ts";
import { clock } from "../words/time.ts";
import { clearSamples, isUnnamed } from "./samples.ts";
import type { SamplePlayer } from "./use-sample.ts";

interface VoiceCardProps {
  readonly meetingId: string;
  readonly transcript: Transcript;
  readonly words: SpeakerWords;
  readonly others: readonly SpeakerWords[];
  /** Null where there is no sound to listen to. */
  readonly sample: SamplePlayer | null;
  readonly canSplit: boolean;
  readonly onChanged: () => void;
}

export function VoiceCard({ meetingId, transcript, words, others, sample, canSplit, onChanged }: VoiceCardProps) {
  const { t } = useTexts();
  const { speaker } = words;
  const samples = clearSamples(transcript.segments, speaker.id);
  const split = async () => {
    const moved = await act("voices.split", meetingId, speaker.id);
    if (moved === undefined) return;
    announce(t(moved === 0 ? "voices.notSplit" : "voices.moved", { count: moved }));
    onChanged();
  };
  const merge = async (into: SpeakerWords) => {
    const done = await act("corrections.make", meetingId, mergeChange(transcript, speaker.id, into.speaker.id));
    if (done === undefined) return;
    announce(t("voices.merged", { name: into.name }));
    onChanged();
  };
  return (
    <li className="voice-card" aria-label={words.name}>
      <div className="voice-samples">
        <SpeakerMark colour={words.colour} />
        {samples.map((segment) => {
          const isHeard = sample?.playing === segment.id;
          const time = clock(segment.startMs);
          return sample === null ? (
            <q key={segment.id} className="voice-quote">
              {segment.text.trim()}
            </q>
          ) : (
            <Button
              key={segment.id}
              className="button button-outline button-small figures"
              aria-label={t(isHeard ? "voices.stop" : "voices.listen", { name: words.name, time })}
              onPress={() => sample.press(segment)}
            >
              {isHeard ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
              {time}
            </Button>
          );
        })}
      </div>
      <NameForm key={`${speaker.name} ${speaker.role}`} meetingId={meetingId} words={words} onChanged={onChanged} />
      <div className="voice-tools">
        {others.length > 0 && <MergeChoice words={words} others={others} onChosen={(into) => void merge(into)} />}
        {canSplit && (
          <TextButton
            small
            kind="plain"
            icon={Split}
            aria-label={t("voices.splitFor", { name: words.name })}
            onPress={() => void split()}
          >
            {t("voices.split")}
          </TextButton>
        )}
      </div>
    </li>
  );
}

interface NameFormProps {
  readonly meetingId: string;
  readonly words: SpeakerWords;
  readonly onChanged: () => void;
}

function NameForm({ meetingId, words, onChanged }: NameFormProps) {
  const { t } = useTexts();
  const listId = useId();
  const { speaker } = words;
  const begun = isUnnamed(speaker.name) ? "" : (speaker.name ?? "");
  const [name, setName] = useState(begun);
  const [role, setRole] = useState(speaker.role ?? "");
  const changed = name.trim() !== begun || role.trim() !== (speaker.role ?? "");
  const save = async () => {
    if (!changed) return;
    const kept = name.trim() === "" ? (speaker.name ?? "") : name.trim();
    const answer = await act("speakers.rename", meetingId, speaker.id, { name: kept, role: role.trim() });
    if (answer === undefined) return;
    announce(t("transcript.renamed"));
    onChanged();
  };
  return (
    <form
      className="voice-name"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField className="field" value={name} maxLength={100} onChange={setName}>
        <Label className="field-label">{t("voices.name", { name: words.name })}</Label>
        <Input className="field-input" spellCheck={false} autoComplete="off" />
      </TextField>
      <TextField className="field" value={role} maxLength={60} onChange={setRole}>
        <Label className="field-label">{t("voices.role", { name: words.name })}</Label>
        <Input className="field-input" list={listId} spellCheck={false} autoComplete="off" />
      </TextField>
      <datalist id={listId}>
        {t("voices.roles")
          .split(", ")
          .map((one) => (
            <option key={one}>{one}</option>
          ))}
      </datalist>
      <TextButton
        kind="outline"
        type="submit"
        isDisabled={!changed}
        aria-label={t("voices.saveFor", { name: words.name })}
      >
        {t("transcript.save")}
      </TextButton>
    </form>
  );
}

interface MergeChoiceProps {
  readonly words: SpeakerWords;
  readonly others: readonly SpeakerWords[];
  readonly onChosen: (into: SpeakerWords) => void;
}

function MergeChoice({ words, others, onChosen }: MergeChoiceProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <TextButton
        small
        kind="plain"
        icon={Merge}
        aria-label={t("voices.mergeFor", { name: words.name })}
        onPress={() => setOpen(true)}
      >
        {t("voices.merge")}
      </TextButton>
    );
  }
  return (
    <fieldset className="voice-merge">
      <legend className="unseen">{t("voices.mergeFor", { name: words.name })}</legend>
      <span>{t("voices.sameAs")}</span>
      {others.map((other, at) => (
        <TextButton
          key={other.speaker.id}
          small
          kind="outline"
          // Opened by a press: the choice is what one goes on with.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={at === 0}
          onPress={() => onChosen(other)}
        >
          {other.name}
        </TextButton>
      ))}
    </fieldset>
  );
}

/** All that one says is said by the other, who stays. */
function mergeChange({ segments, speakers }: Transcript, from: string, into: string): Correction {
  return {
    kind: "speaker",
    hunks: segments
      .filter(({ speaker }) => speaker === from)
      .map((segment) => ({ before: [segment], after: [withSpeaker(segment, into)] })),
    speakers: { before: speakers, after: speakers.filter(({ id }) => id !== from) },
  };
}
