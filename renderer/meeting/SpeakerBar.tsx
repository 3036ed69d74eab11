// Who speaks in the meeting, and the small form in which a speaker gets a name and a role.
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Transcript } from "../../electron/formats.ts";
import { Field } from "../parts/Field.tsx";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import { type SpeakerWords, speakerWords } from "../words/speaker-words.ts";
import { SpeakerMark } from "./SpeakerMark.tsx";

interface SpeakerBarProps {
  readonly meetingId: string;
  readonly transcript: Transcript;
  readonly onChanged: () => void;
}

export function SpeakerBar({ meetingId, transcript, onChanged }: SpeakerBarProps) {
  const { t } = useTexts();
  const speakers = [...speakerWords(transcript, t).values()];
  return (
    <ul className="speakers" aria-label={t("transcript.speakers")}>
      {speakers.map((words) => (
        <li key={words.speaker.id}>
          <DialogTrigger>
            <Button
              className="button button-plain button-small"
              aria-label={t("transcript.rename", { name: words.name })}
            >
              <SpeakerMark colour={words.colour} />
              {words.name}
            </Button>
            <Panel title={words.name} placement="bottom start" className="panel">
              {(close) => (
                <SpeakerForm
                  meetingId={meetingId}
                  words={words}
                  onDone={(changed) => {
                    close();
                    if (changed) onChanged();
                  }}
                />
              )}
            </Panel>
          </DialogTrigger>
        </li>
      ))}
    </ul>
  );
}

interface SpeakerFormProps {
  readonly meetingId: string;
  readonly words: SpeakerWords;
  readonly onDone: (changed: boolean) => void;
}

function SpeakerForm({ meetingId, words, onDone }: SpeakerFormProps) {
  const { t } = useTexts();
  const { speaker } = words;
  const [name, setName] = useState(speaker.name ?? "");
  const [role, setRole] = useState(speaker.role ?? "");
  const save = async () => {
    const answer = await act("speakers.rename", meetingId, speaker.id, { name: name.trim(), role: role.trim() });
    if (answer === undefined) return;
    announce(t("transcript.renamed"));
    onDone(true);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t("transcript.name")} value={name} maxLength={100} focusFirst onChange={setName} />
      <Field
        label={t("transcript.role")}
        hint={t("transcript.roleHint")}
        value={role}
        maxLength={60}
        onChange={setRole}
      />
      <div className="form-foot">
        <TextButton kind="plain" onPress={() => onDone(false)}>
          {t("meeting.cancel")}
        </TextButton>
        <TextButton kind="outline" type="submit">
          {t("transcript.save")}
        </TextButton>
      </div>
    </form>
  );
}
