// An encrypted package is made: of everything, or of one meeting. The passphrase is typed twice, since nobody can restore it.
import { useState } from "react";
import type { ErrorData } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SecretField } from "../parts/SecretField.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask, errorDataOf } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import "./move.css";
import { MovingLine } from "./MovingLine.tsx";

/** The package stands without the computer's keychain: its passphrase alone keeps it shut. */
export const leastSigns = 12;

interface MakePackageProps {
  /** Null for everything. */
  readonly meetingId: string | null;
  readonly onDone?: () => void;
  readonly onCancel?: () => void;
}

export function MakePackage({ meetingId, onDone, onCancel }: MakePackageProps) {
  const { t } = useTexts();
  const moving = useSnapshot("moving");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [error, setError] = useState<ErrorData | null>(null);
  const differs = again !== "" && passphrase !== again;
  const ready = Array.from(passphrase).length >= leastSigns && passphrase === again && moving === null;
  const make = async () => {
    setError(null);
    try {
      const made = await ask("package.make", meetingId, passphrase);
      if (made === null) return;
      setPassphrase("");
      setAgain("");
      const notes = [
        t("move.made", { file: made.file, count: made.meetings }),
        made.stayed > 0 && t("move.stayed", { count: made.stayed }),
        made.withoutSound > 0 && t("move.withoutSound", { count: made.withoutSound }),
      ];
      tellDone(notes.filter(Boolean).join(" "));
      onDone?.();
    } catch (thrown) {
      const data = errorDataOf(thrown);
      if (data.code !== "cancelled") setError(data);
    }
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void make();
      }}
    >
      <SecretField
        label={t("move.passphrase")}
        hint={t("move.passphraseHint", { least: leastSigns })}
        value={passphrase}
        onChange={setPassphrase}
      />
      <SecretField label={t("move.again")} value={again} onChange={setAgain} />
      {differs && <output>{t("lock.differs")}</output>}
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {moving?.way === "make" && <MovingLine moving={moving} />}
      <div className={onCancel === undefined ? "move-actions" : "form-foot"}>
        {onCancel && (
          <TextButton kind="plain" onPress={onCancel}>
            {t("meeting.cancel")}
          </TextButton>
        )}
        <TextButton kind={onCancel === undefined ? "outline" : "primary"} type="submit" isDisabled={!ready}>
          {t(meetingId === null ? "move.makeAll" : "move.makeOne")}
        </TextButton>
      </div>
    </form>
  );
}
