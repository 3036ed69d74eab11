// Which of a file's sound is transcribed: one of its tracks, its two channels mixed or as two people.
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Label } from "react-aria-components/TextField";
import type { OriginalFile } from "../../electron/contract.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import "../parts/radio.css";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import { trackWords } from "./sound-words.ts";

interface PickSoundProps {
  readonly original: OriginalFile;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function PickSound({ original, open, onOpenChange }: PickSoundProps) {
  const { t } = useTexts();
  const { sound } = original;
  return (
    <SheetDialog title={t("originals.pick.title")} open={open && sound !== null} onOpenChange={onOpenChange}>
      {sound !== null && <PickForm meetingId={original.meetingId} sound={sound} onDone={() => onOpenChange(false)} />}
    </SheetDialog>
  );
}

interface PickFormProps {
  readonly meetingId: string;
  readonly sound: NonNullable<OriginalFile["sound"]>;
  readonly onDone: () => void;
}

function PickForm({ meetingId, sound, onDone }: PickFormProps) {
  const { t, language } = useTexts();
  const [track, setTrack] = useState(sound.pick.track);
  const [split, setSplit] = useState(sound.pick.channels === "split" || sound.apart);
  const canSplit = sound.tracks[track]?.channels === 2;
  const pick = async () => {
    const channels = split && canSplit ? "split" : "mixed";
    if ((await act("originals.pick", meetingId, { track, channels })) !== undefined) onDone();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void pick();
      }}
    >
      {sound.tracks.length > 1 && (
        <RadioGroup className="radios" value={String(track)} onChange={(value) => setTrack(Number(value))}>
          <Label className="field-label">{t("originals.pick.tracks")}</Label>
          {sound.tracks.map((_, at) => {
            const words = trackWords(sound, at, language, t);
            return (
              <Radio key={words} value={String(at)} className="radio">
                <span className="radio-dot" aria-hidden />
                {words}
              </Radio>
            );
          })}
        </RadioGroup>
      )}
      {canSplit && (
        <CheckBox
          label={t("originals.pick.split")}
          hint={t("originals.pick.splitHint")}
          on={split}
          onChange={setSplit}
        />
      )}
      <p className="quiet">{t("originals.pick.note")}</p>
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("originals.cancel")}
        </TextButton>
        <TextButton kind="primary" type="submit">
          {t("originals.pick.do")}
        </TextButton>
      </div>
    </form>
  );
}
