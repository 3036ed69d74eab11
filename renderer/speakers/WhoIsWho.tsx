// Who is who: three clear passages of each voice to listen to, a name and a role; voices that are one person or two; how many
// there were; and the lines that nobody is sure of, one by one.
import { Users } from "lucide-react";
import { useState } from "react";
import type { Transcript } from "../../electron/formats.ts";
import { useReading } from "../meeting/reading.ts";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask } from "../state/ask.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { speakerWords } from "../words/speaker-words.ts";
import { PeopleCount } from "./PeopleCount.tsx";
import { isUnnamed, isUnsure } from "./samples.ts";
import "./speakers.css";
import { UnsureLines } from "./UnsureLines.tsx";
import { useSample } from "./use-sample.ts";
import { VoiceCard } from "./VoiceCard.tsx";

interface WhoIsWhoProps {
  readonly meetingId: string;
  readonly transcript: Transcript;
  readonly hasSound: boolean;
  readonly onChanged: () => void;
}

export function WhoIsWho(props: WhoIsWhoProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const { speakers, segments } = props.transcript;
  const unnamed = speakers.filter(({ name, role }) => isUnnamed(name) && role === undefined).length;
  const unsure = segments.filter(isUnsure).length;
  const words = [
    unnamed > 0 && t("voices.unnamed", { count: unnamed }),
    unsure > 0 && t("voices.unsure", { count: unsure }),
  ].filter((one) => one !== false);
  return (
    <>
      <TextButton small kind={words.length > 0 ? "outline" : "plain"} icon={Users} onPress={() => setOpen(true)}>
        {words.length > 0 ? `${t("voices.title")} (${words.join(", ")})` : t("voices.title")}
      </TextButton>
      <SheetDialog title={t("voices.title")} open={open} onOpenChange={setOpen}>
        <Who {...props} />
      </SheetDialog>
    </>
  );
}

function Who({ meetingId, transcript, hasSound, onChanged }: WhoIsWhoProps) {
  const { t } = useTexts();
  const { player } = useReading();
  const sample = useSample(player);
  const [stepping, setStepping] = useState(false);
  const known = useAnswer(meetingId, "", () => ask("voices.known", meetingId)).value ?? false;
  const people = [...speakerWords(transcript, t).values()];
  const unsure = transcript.segments.filter(isUnsure);
  if (stepping) {
    return (
      <UnsureLines
        meetingId={meetingId}
        transcript={transcript}
        sample={hasSound ? sample : null}
        onChanged={onChanged}
        onDone={() => setStepping(false)}
      />
    );
  }
  return (
    <div className="voices">
      <p className="quiet">{t(known ? "voices.hint" : "voices.hintWithout")}</p>
      <ul className="voice-cards">
        {people.map((words) => (
          <VoiceCard
            key={words.speaker.id}
            meetingId={meetingId}
            transcript={transcript}
            words={words}
            others={people.filter((other) => other !== words)}
            sample={hasSound ? sample : null}
            canSplit={known}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {known && <PeopleCount meetingId={meetingId} count={people.length} onChanged={onChanged} />}
      {unsure.length > 0 && (
        <TextButton kind="outline" onPress={() => setStepping(true)}>
          {t("voices.step", { count: unsure.length })}
        </TextButton>
      )}
    </div>
  );
}
