// A passphrase is chosen, changed or taken away.
import { useState } from "react";
import type { KeyStatus } from "../../electron/contract.ts";
import type { ErrorData } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SecretField } from "../parts/SecretField.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask, errorDataOf } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useTexts } from "../texts/i18n.ts";

interface ChangePassphraseProps {
  readonly status: KeyStatus;
  readonly remove: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ChangePassphrase({ status, remove, onClose, onDone }: ChangePassphraseProps) {
  const { t } = useTexts();
  const [now, setNow] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorData | null>(null);
  const differs = !remove && again !== "" && next !== again;
  const ready = (!status.passphrase || now !== "") && (remove || (next !== "" && next === again));
  const action = remove ? "remove" : status.passphrase ? "change" : "choose";

  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      await ask("key.setPassphrase", status.passphrase ? now : null, remove ? null : next);
      tellDone(t(`lock.settings.done.${action}`));
      onDone();
    } catch (thrown) {
      setError(errorDataOf(thrown));
      setBusy(false);
    }
  };

  return (
    <SheetDialog title={t(`lock.settings.${action}`)} open onOpenChange={(open) => !open && onClose()}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !isBusy) void submit();
        }}
      >
        {remove && <p>{t("lock.settings.removeText")}</p>}
        {status.passphrase && <SecretField label={t("lock.passphraseNow")} value={now} focusFirst onChange={setNow} />}
        {!remove && (
          <>
            <SecretField
              label={t("lock.newPassphrase")}
              hint={t("lock.least", { least: status.leastLength })}
              value={next}
              focusFirst={!status.passphrase}
              onChange={setNext}
            />
            <SecretField label={t("lock.passphraseAgain")} value={again} onChange={setAgain} />
          </>
        )}
        {differs && <output>{t("lock.differs")}</output>}
        {error && (
          <p role="alert">
            <ErrorText error={error} />
          </p>
        )}
        <div className="form-foot">
          <TextButton onPress={onClose}>{t("lock.cancel")}</TextButton>
          <TextButton kind="primary" type="submit" isDisabled={!ready || isBusy}>
            {t(`lock.settings.${action}`)}
          </TextButton>
        </div>
      </form>
    </SheetDialog>
  );
}
