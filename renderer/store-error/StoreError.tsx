// The database could not be opened: what happened, what was kept, what to do. Nothing else is shown.
import { useState } from "react";
import type { AppInfo } from "../../electron/contract.ts";
import type { ErrorData } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { Notices } from "../parts/Notices.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";

interface StoreErrorProps {
  readonly error: ErrorData;
  readonly backupAt: AppInfo["backupAt"];
}

export function StoreError({ error, backupAt }: StoreErrorProps) {
  const { t, language } = useTexts();
  const heading = useArrival(t("app.name"));
  const [restoring, setRestoring] = useState(false);
  const backup = backupAt === null ? null : dateAndTime(backupAt, language);

  const restore = async () => {
    setRestoring(true);
    const answer = await act("app.restoreBackup");
    if (answer === undefined) setRestoring(false);
    else window.location.reload();
  };

  return (
    <main className="page">
      <h1 ref={heading} tabIndex={-1}>
        {t("storeError.title")}
      </h1>
      <p className="lead">
        <ErrorText error={backup === null ? error : { ...error, details: { ...error.details, backup } }} />
      </p>
      {error.code === "store-damaged" && backup !== null && (
        <>
          <p className="quiet">{t("storeError.restoreHint")}</p>
          <div>
            <TextButton kind="primary" isDisabled={restoring} onPress={() => void restore()}>
              {restoring ? t("storeError.restoring") : t("storeError.restore", { date: backup })}
            </TextButton>
          </div>
        </>
      )}
      {error.code === "store-damaged" && backup === null && <p>{t("storeError.noBackup")}</p>}
      <Notices />
    </main>
  );
}
