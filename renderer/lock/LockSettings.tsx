// Settings: when Lyssna locks, and what opens it.
import { Lock } from "lucide-react";
import { useState } from "react";
import { CheckBox } from "../parts/CheckBox.tsx";
import { Choice } from "../parts/Choice.tsx";
import { ErrorText } from "../parts/ErrorText.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act, ask } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import { ChangePassphrase } from "./ChangePassphrase.tsx";
import "./lock.css";
import { MakeRecoveryCode } from "./MakeRecoveryCode.tsx";

const minutes = [0, 2, 5, 10, 15, 30, 60] as const;
type Doing = "set" | "remove" | "recovery" | null;

export function LockSettings() {
  const { t, language } = useTexts();
  const { lockAfterMinutes, lockWithSystem, hideFromCapture } = useSnapshot("settings");
  const [changes, setChanges] = useState(0);
  const [doing, setDoing] = useState<Doing>(null);
  const { value: status, error } = useAnswer("key", `${changes}`, () => ask("key.status"));
  const done = () => {
    setDoing(null);
    setChanges((count) => count + 1);
  };
  const choices = minutes.some((each) => each === lockAfterMinutes) ? minutes : [...minutes, lockAfterMinutes];
  return (
    <>
      <p className="lead">{t("lock.settings.lead")}</p>
      <div>
        <TextButton kind="outline" icon={Lock} onPress={() => void act("lock.now")}>
          {t("lock.now")}
        </TextButton>
      </div>
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {status && (
        <>
          <section className="settings-part" aria-labelledby="passphrase-title">
            <h3 id="passphrase-title" className="settings-part-title">
              {t("lock.passphrase")}
            </h3>
            <p>{t(status.passphrase ? "lock.settings.passphraseOn" : "lock.settings.passphraseOff")}</p>
            <div className="lock-actions">
              <TextButton kind="outline" onPress={() => setDoing("set")}>
                {t(status.passphrase ? "lock.settings.change" : "lock.settings.choose")}
              </TextButton>
              {status.passphrase && status.keychain && (
                <TextButton kind="plain" onPress={() => setDoing("remove")}>
                  {t("lock.settings.remove")}
                </TextButton>
              )}
            </div>
          </section>
          <section className="settings-part" aria-labelledby="recovery-title">
            <h3 id="recovery-title" className="settings-part-title">
              {t("lock.code")}
            </h3>
            <p>
              {status.recoveryMadeAt === null
                ? t("lock.settings.recoveryNone")
                : t("lock.settings.recoveryMade", { at: dateAndTime(status.recoveryMadeAt, language) })}
            </p>
            <div>
              <TextButton kind="outline" onPress={() => setDoing("recovery")}>
                {t(status.recoveryMadeAt === null ? "lock.settings.recoveryMake" : "lock.settings.recoveryRenew")}
              </TextButton>
            </div>
            {status.organisation !== null && (
              <p className="quiet">{t("lock.settings.organisation", { id: status.organisation.slice(0, 16) })}</p>
            )}
          </section>
          {(doing === "set" || doing === "remove") && (
            <ChangePassphrase
              status={status}
              remove={doing === "remove"}
              onClose={() => setDoing(null)}
              onDone={done}
            />
          )}
          {doing === "recovery" && <MakeRecoveryCode hasPassphrase={status.passphrase} onClose={done} />}
        </>
      )}
      <Choice
        label={t("lock.settings.after")}
        description={t("lock.settings.afterHint")}
        options={choices.map((each) => ({ id: `${each}`, title: t("lock.settings.minutes", { minutes: each }) }))}
        chosen={`${lockAfterMinutes}`}
        onChoose={(id) => void act("settings.set", { lockAfterMinutes: Number(id) })}
      />
      <CheckBox
        label={t("lock.settings.withSystem")}
        on={lockWithSystem}
        onChange={(on) => void act("settings.set", { lockWithSystem: on })}
      />
      <CheckBox
        label={t("lock.settings.hide")}
        hint={t("lock.settings.hideHint")}
        on={hideFromCapture}
        onChange={(on) => void act("settings.set", { hideFromCapture: on })}
      />
    </>
  );
}
