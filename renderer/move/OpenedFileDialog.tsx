// A file that was opened: what it is, and a question before anything of it is taken in.
import { useState } from "react";
import type { OpenedFile } from "../../electron/contract.ts";
import type { ErrorData } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SecretField } from "../parts/SecretField.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act, ask, errorDataOf } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import "./move.css";
import { MovingLine } from "./MovingLine.tsx";

export function OpenedFileDialog() {
  const { t } = useTexts();
  const opened = useSnapshot("opened");
  const recording = useSnapshot("recording");
  // Nothing is put before a recording that runs; it waits.
  if (opened === null || recording !== null) return null;
  return (
    <SheetDialog
      title={t(`move.opened.${opened.kind}`)}
      open
      asks
      onOpenChange={(open) => !open && void act("opened.leave")}
    >
      {opened.kind === "refused" ? <Refused opened={opened} /> : <TakeIn key={opened.file} opened={opened} />}
    </SheetDialog>
  );
}

function Refused({ opened }: { readonly opened: Extract<OpenedFile, { readonly kind: "refused" }> }) {
  const { t } = useTexts();
  return (
    <>
      <p>{opened.file}</p>
      <p role="alert">
        <ErrorText error={opened.error} />
      </p>
      <div className="form-foot">
        <TextButton kind="outline" onPress={() => void act("opened.leave")}>
          {t("keys.close")}
        </TextButton>
      </div>
    </>
  );
}

function TakeIn({ opened }: { readonly opened: Exclude<OpenedFile, { readonly kind: "refused" }> }) {
  const { t, language } = useTexts();
  const moving = useSnapshot("moving");
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorData | null>(null);
  const isPackage = opened.kind === "package";
  const ready = !busy && moving === null && (!isPackage || passphrase !== "");
  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      const taken = await ask("opened.takeIn", isPackage ? passphrase : null);
      if (taken.kind === "template") {
        const { template, outcome } = taken;
        tellDone(t(`templates.imported.${outcome}`, { title: template.title, version: template.version }));
        return go({ view: "template", id: template.id, version: null });
      }
      const notes = [
        t("move.taken", { count: taken.meetings }),
        taken.here > 0 && t("move.here", { count: taken.here }),
        taken.deletedBefore > 0 && t("move.deletedBefore", { count: taken.deletedBefore }),
        taken.withoutSound > 0 && t("move.withoutSound", { count: taken.withoutSound }),
      ];
      tellDone(notes.filter(Boolean).join(" "));
      return go({ view: "library" });
    } catch (thrown) {
      const data = errorDataOf(thrown);
      if (data.code !== "cancelled") setError(data);
      return setBusy(false);
    }
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void take();
      }}
    >
      <p>
        {isPackage
          ? t(`move.opened.${opened.what}`, { file: opened.file, at: dateAndTime(opened.createdAt, language) })
          : t("move.opened.aboutTemplate", { title: opened.title, count: opened.headings, file: opened.file })}
      </p>
      <p className="quiet">{t(isPackage ? "move.opened.packageHint" : "move.opened.templateHint")}</p>
      {isPackage && (
        <SecretField label={t("move.itsPassphrase")} value={passphrase} focusFirst onChange={setPassphrase} />
      )}
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {moving?.way === "take-in" && <MovingLine moving={moving} />}
      <div className="form-foot">
        <TextButton kind="plain" isDisabled={busy} onPress={() => void act("opened.leave")}>
          {t("move.opened.leave")}
        </TextButton>
        <TextButton kind="primary" type="submit" isDisabled={!ready}>
          {t("move.opened.takeIn")}
        </TextButton>
      </div>
    </form>
  );
}
