// What is about to be struck, and ten seconds to think better of it.
import { useEffect, useState } from "react";
import type { RecordingState } from "../../electron/contract.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";

export function Regrets({ recording: { regrets } }: { readonly recording: RecordingState }) {
  return (
    <output className="regrets">
      {regrets.map((regret) => (
        <Regret key={regret.id} regret={regret} />
      ))}
    </output>
  );
}

function Regret({ regret: { id, fromMs, toMs, leftMs } }: { readonly regret: RecordingState["regrets"][number] }) {
  const { t } = useTexts();
  const [endsAt] = useState(() => performance.now() + leftMs);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((endsAt - now) / 1000));
  return (
    <p className="regret">
      {/* The seconds tick for the eye; a screen reader has heard it once. */}
      <span aria-live="off">{t("record.striking", { from: clock(fromMs), to: clock(toMs), seconds })}</span>
      <TextButton small kind="outline" onPress={() => void act("recording.undoStrike", id)}>
        {t("record.undo")}
      </TextButton>
    </p>
  );
}
