// The file that a meeting was made of, while it is there: what was heard of it, and what can be done with it.
import { FileAudio } from "lucide-react";
import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { OriginalFile } from "../../electron/contract.ts";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import "./originals.css";
import { PickSound } from "./PickSound.tsx";
import { RemoveOriginals } from "./RemoveOriginals.tsx";
import { soundWords, hasChoice } from "./sound-words.ts";

export const useOriginal = (meetingId: string): OriginalFile | undefined =>
  useSnapshot("originals").find((original) => original.meetingId === meetingId);

export function AboutOriginal({ meetingId }: { readonly meetingId: string }) {
  const { t } = useTexts();
  const [asked, setAsked] = useState<"pick" | "remove" | null>(null);
  const original = useOriginal(meetingId);
  if (original === undefined) return null;
  const { file, verified, sound } = original;
  const open = (what: "pick" | "remove") => (isOpen: boolean) => setAsked(isOpen ? what : null);
  return (
    <>
      <DialogTrigger>
        <TextButton kind="plain" icon={FileAudio}>
          {t("originals.about.open")}
        </TextButton>
        <Panel title={t("originals.about.title")} placement="bottom end" className="panel">
          {(close) => (
            <>
              <p className="originals-name">{file}</p>
              {sound !== null && <p>{soundWords(sound, t)}</p>}
              <p className="quiet">{t(verified ? "originals.about.lies" : "originals.about.reading")}</p>
              <div className="originals-actions">
                {hasChoice(sound) && (
                  <TextButton
                    small
                    kind="outline"
                    onPress={() => {
                      close();
                      setAsked("pick");
                    }}
                  >
                    {t("originals.pick.open")}
                  </TextButton>
                )}
                {verified && (
                  <TextButton
                    small
                    kind="plain"
                    onPress={() => {
                      close();
                      setAsked("remove");
                    }}
                  >
                    {t("originals.remove", { count: 1 })}
                  </TextButton>
                )}
              </div>
            </>
          )}
        </Panel>
      </DialogTrigger>
      <PickSound original={original} open={asked === "pick"} onOpenChange={open("pick")} />
      <RemoveOriginals originals={[original]} open={asked === "remove"} onOpenChange={open("remove")} />
    </>
  );
}
