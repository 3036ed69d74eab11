// Files that were taken in and still lie on the machine, readable by anybody: one line, and what to do about them.
import { useState } from "react";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import "./originals.css";
import { RemoveOriginals } from "./RemoveOriginals.tsx";

export function OriginalsLine() {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const { offerOriginals } = useSnapshot("settings");
  const originals = useSnapshot("originals").filter(({ verified, stays }) => verified && stays !== true);
  const count = originals.length;
  return (
    <>
      {offerOriginals && count > 0 && (
        <div className="originals-line">
          <p>{t("originals.left", { count })}</p>
          <TextButton small kind="outline" onPress={() => setAsking(true)}>
            {t("originals.remove", { count })}
          </TextButton>
          <TextButton
            small
            kind="plain"
            onPress={() =>
              void act(
                "originals.keep",
                originals.map(({ meetingId }) => meetingId),
              )
            }
          >
            {t("originals.keep", { count })}
          </TextButton>
        </div>
      )}
      <RemoveOriginals originals={originals} open={asking && count > 0} onOpenChange={setAsking} />
    </>
  );
}
