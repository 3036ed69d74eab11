// Says that a file holds more than was heard of it: other tracks, or two people in a channel each.
import { useState } from "react";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { useOriginal } from "./AboutOriginal.tsx";
import "./originals.css";
import { PickSound } from "./PickSound.tsx";
import { soundWords } from "./sound-words.ts";

export function SoundLine({ meetingId }: { readonly meetingId: string }) {
  const { t } = useTexts();
  const [picking, setPicking] = useState(false);
  const original = useOriginal(meetingId);
  const sound = original?.sound ?? null;
  if (original === undefined || sound === null) return null;
  const isMixed = sound.pick.channels === "mixed";
  if (sound.tracks.length < 2 && !(sound.apart && isMixed)) return null;
  return (
    <div className="originals-line">
      <p>{soundWords(sound, t)}</p>
      <TextButton small kind="outline" onPress={() => setPicking(true)}>
        {t("originals.pick.open")}
      </TextButton>
      <PickSound original={original} open={picking} onOpenChange={setPicking} />
    </div>
  );
}
