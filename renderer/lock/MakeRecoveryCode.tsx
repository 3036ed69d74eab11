// The recovery code is made, and shown this once: on the screen, and on paper.
import { Printer } from "lucide-react";
import { useState } from "react";
import type { ErrorData } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SecretField } from "../parts/SecretField.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask, errorDataOf } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";

interface MakeRecoveryCodeProps {
  readonly hasPassphrase: boolean;
  readonly onClose: () => void;
}

export function MakeRecoveryCode({ hasPassphrase, onClose }: MakeRecoveryCodeProps) {
  const { t } = useTexts();
  const [now, setNow] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorData | null>(null);

  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      setCode(await ask("key.newRecoveryCode", hasPassphrase ? now : null));
    } catch (thrown) {
      setError(errorDataOf(thrown));
      setBusy(false);
    }
  };

  return (
    <SheetDialog title={t("lock.code")} open asks={code !== null} onOpenChange={(open) => !open && onClose()}>
      {code === null ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isBusy) void make();
          }}
        >
          <p>{t("lock.settings.recoveryText")}</p>
          {hasPassphrase && <SecretField label={t("lock.passphraseNow")} value={now} focusFirst onChange={setNow} />}
          {error && (
            <p role="alert">
              <ErrorText error={error} />
            </p>
          )}
          <div className="form-foot">
            <TextButton onPress={onClose}>{t("lock.cancel")}</TextButton>
            <TextButton kind="primary" type="submit" isDisabled={isBusy || (hasPassphrase && now === "")}>
              {t("lock.settings.recoveryMake")}
            </TextButton>
          </div>
        </form>
      ) : (
        <div className="form recovery-sheet">
          <p>{t("lock.settings.recoveryShown")}</p>
          <p className="recovery-code">{code}</p>
          <div className="lock-actions">
            <TextButton kind="outline" icon={Printer} onPress={() => window.print()}>
              {t("lock.settings.print")}
            </TextButton>
            <TextButton kind="primary" onPress={onClose}>
              {t("lock.settings.saved")}
            </TextButton>
          </div>
        </div>
      )}
    </SheetDialog>
  );
}
