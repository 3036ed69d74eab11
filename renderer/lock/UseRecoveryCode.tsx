// Opens with the recovery code, and puts a new passphrase in the place of the one that was forgotten.
import { useState } from "react";
import { Field } from "../parts/Field.tsx";
import { SecretField } from "../parts/SecretField.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import type { Open } from "./LockScreen.tsx";

interface UseRecoveryCodeProps {
  /** True where there is no other way. */
  readonly forced: boolean;
  readonly leastLength: number;
  readonly isBusy: boolean;
  readonly onOpen: Open;
  readonly onBack: () => void;
}

export function UseRecoveryCode({ forced, leastLength, isBusy, onOpen, onBack }: UseRecoveryCodeProps) {
  const { t } = useTexts();
  const [code, setCode] = useState("");
  const [next, setNext] = useState("");
  const ready = code.trim() !== "" && next !== "";
  return (
    <form
      className="lock-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void onOpen("lock.recover", code, next);
      }}
    >
      <p>{t(forced ? "lock.recoverForced" : "lock.recoverText")}</p>
      <Field
        label={t("lock.code")}
        hint={t("lock.codeHint")}
        value={code}
        maxLength={60}
        focusFirst
        onChange={setCode}
      />
      <SecretField
        label={t("lock.newPassphrase")}
        hint={t("lock.least", { least: leastLength })}
        value={next}
        onChange={setNext}
      />
      <div className="lock-actions">
        <TextButton kind="primary" type="submit" isDisabled={isBusy || !ready}>
          {t(isBusy ? "lock.opening" : "lock.unlock")}
        </TextButton>
        {!forced && (
          <TextButton kind="plain" onPress={onBack}>
            {t("lock.back")}
          </TextButton>
        )}
      </div>
    </form>
  );
}
