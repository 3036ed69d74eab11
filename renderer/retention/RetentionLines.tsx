// Above the library: what goes soon, what went, and what is not as it should be with the clock, the folder or the policy.
import { errorSentence } from "../../electron/errors.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useToday } from "../state/use-today.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateInWords } from "../words/time.ts";
import "./retention.css";

export function RetentionLines() {
  const { t, language } = useTexts();
  const today = useToday();
  const { clock, synchronisedBy, taken } = useSnapshot("retention");
  const { broken } = useSnapshot("policy");
  const soon = useSnapshot("meetings").filter(({ retention }) => retention?.soon).length;
  const shownDay = new Date(today.getTime() - today.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return (
    <>
      {broken !== null && (
        <p className="retention-line" role="alert">
          {errorSentence(broken, language)}
        </p>
      )}
      {synchronisedBy !== null && (
        <p className="retention-line" role="alert">
          {t("retention.synced", { service: synchronisedBy })}
        </p>
      )}
      {clock === "back" && <p className="retention-line">{t("retention.clockBack")}</p>}
      {clock === "ahead" && (
        <div className="retention-line">
          <p>{t("retention.clockAhead", { date: dateInWords(shownDay, language) })}</p>
          <TextButton small kind="outline" onPress={() => void act("retention.believeClock")}>
            {t("retention.believe")}
          </TextButton>
        </div>
      )}
      {(soon > 0 || taken > 0) && (
        <p className="quiet">
          {[soon > 0 && t("retention.soon", { count: soon }), taken > 0 && t("retention.taken", { count: taken })]
            .filter(Boolean)
            .join(" ")}
        </p>
      )}
    </>
  );
}
