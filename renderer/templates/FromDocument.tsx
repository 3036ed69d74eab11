// The headings of an old document as the start of a template: pasted, with its formatting where it has any, or a file.
import { useState } from "react";
import type { Template } from "../../electron/contract.ts";
import type { ErrorData } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { LongField } from "../parts/LongField.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask, errorDataOf } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { go } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";

interface FromDocumentProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function FromDocument({ open, onOpenChange }: FromDocumentProps) {
  const { t } = useTexts();
  return (
    <SheetDialog title={t("templates.document.title")} open={open} onOpenChange={onOpenChange}>
      <Paste onDone={() => onOpenChange(false)} />
    </SheetDialog>
  );
}

/** What a text area shows is only the words; what is bold in them is in the HTML that came with them. */
interface Pasted {
  readonly text: string;
  readonly html: string;
}

const nothing: Pasted = { text: "", html: "" };
const documentMax = 2_000_000;

function Paste({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTexts();
  const [pasted, setPasted] = useState(nothing);
  const [error, setError] = useState<ErrorData | null>(null);
  const begin = async (ways: () => Promise<Template | null>) => {
    setError(null);
    try {
      const draft = await ways();
      if (draft === null) return;
      onDone();
      tellDone(t("templates.document.found", { count: draft.sections.length }));
      go({ view: "template", id: draft.id, version: null });
    } catch (thrown) {
      setError(errorDataOf(thrown));
    }
  };
  return (
    <>
      <p>{t("templates.document.hint")}</p>
      <LongField
        label={t("templates.document.text")}
        value={pasted.text}
        maxLength={documentMax}
        rows={10}
        focusFirst
        onChange={(text) => setPasted((before) => ({ text, html: text === "" ? "" : before.html }))}
        onPaste={(event) => {
          const html = event.clipboardData.getData("text/html");
          // Pasted on top of something else, the formatting tells only of a part.
          setPasted((before) => ({ ...before, html: before.text === "" ? html.slice(0, documentMax) : "" }));
        }}
      />
      {error && (
        <p role="alert" className="templates-error">
          <ErrorText error={error} />
        </p>
      )}
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("meeting.cancel")}
        </TextButton>
        <TextButton kind="outline" onPress={() => void begin(() => ask("templates.fromFile"))}>
          {t("templates.document.file")}
        </TextButton>
        <TextButton
          kind="primary"
          isDisabled={pasted.text.trim() === ""}
          onPress={() => void begin(() => ask("templates.fromText", pasted))}
        >
          {t("templates.document.find")}
        </TextButton>
      </div>
    </>
  );
}
