// What a locked window shows: how it is opened, and that a recording goes on. Nothing of the content.
import { useState } from "react";
import type { CallArgs } from "../../electron/contract.ts";
import type { ErrorData } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SecretField } from "../parts/SecretField.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask, errorDataOf } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { LockedRecording } from "./LockedRecording.tsx";
import "./lock.css";
import { UseRecoveryCode } from "./UseRecoveryCode.tsx";

type Opening = "lock.unlock" | "lock.setUp" | "lock.recover";
/** Asks main; resolves when it is open, or when what went wrong is shown. */
export type Open = <Name extends Opening>(name: Name, ...args: CallArgs<Name>) => Promise<void>;

export function LockScreen() {
  const { t } = useTexts();
  const { needs, hasRecovery, leastLength, working } = useSnapshot("lock");
  const recording = useSnapshot("recording");
  const [withCode, setWithCode] = useState(false);
  const [error, setError] = useState<ErrorData | null>(null);
  const [isBusy, setBusy] = useState(false);
  const heading = useArrival("Lyssna");
  const byCode = needs === "recovery" || withCode;

  const open: Open = async (name, ...args) => {
    setBusy(true);
    setError(null);
    try {
      await ask(name, ...args);
    } catch (thrown) {
      setError(errorDataOf(thrown));
      setBusy(false);
    }
  };

  return (
    <main className="page lock">
      <h1 ref={heading} tabIndex={-1}>
        {t(needs === "set-up" ? "lock.setUpTitle" : "lock.title")}
      </h1>
      {recording === null ? working === "jobs" && <p>{t("lock.jobs")}</p> : <LockedRecording recording={recording} />}
      {byCode ? (
        <UseRecoveryCode
          forced={needs === "recovery"}
          leastLength={leastLength}
          isBusy={isBusy}
          onOpen={open}
          onBack={() => {
            setWithCode(false);
            setError(null);
          }}
        />
      ) : (
        <ByPassphrase key={needs} isBusy={isBusy} onOpen={open} />
      )}
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {!byCode && hasRecovery && needs === "passphrase" && (
        <div>
          <TextButton kind="plain" onPress={() => setWithCode(true)}>
            {t("lock.forgot")}
          </TextButton>
        </div>
      )}
    </main>
  );
}

function ByPassphrase({ isBusy, onOpen }: { readonly isBusy: boolean; readonly onOpen: Open }) {
  const { t } = useTexts();
  const { needs, leastLength } = useSnapshot("lock");
  const [typed, setTyped] = useState("");
  const isNew = needs === "set-up";
  const asks = needs !== "nothing";
  const submit = () => {
    if (!asks) void onOpen("lock.unlock", null);
    else if (typed !== "") void onOpen(isNew ? "lock.setUp" : "lock.unlock", typed);
  };
  return (
    <form
      className="lock-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {isNew && <p>{t("lock.setUpText")}</p>}
      {needs === "nothing" && <p>{t("lock.noPassphrase")}</p>}
      {asks && (
        <SecretField
          label={t(isNew ? "lock.newPassphrase" : "lock.passphrase")}
          {...(isNew ? { hint: t("lock.least", { least: leastLength }) } : {})}
          value={typed}
          focusFirst
          onChange={setTyped}
        />
      )}
      <div>
        <TextButton kind="primary" type="submit" isDisabled={isBusy || (asks && typed === "")}>
          {t(isBusy ? "lock.opening" : isNew ? "lock.setUp" : "lock.unlock")}
        </TextButton>
      </div>
    </form>
  );
}
