// A word that masking missed, or that a person wants masked.
import { useState } from "react";
import { type MaskKind, maskKinds } from "../../electron/masking-kinds.ts";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";

export function AddMaskWord({ onAdd }: { readonly onAdd: (text: string, kind: MaskKind) => Promise<void> }) {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const [kind, setKind] = useState<MaskKind>("person");
  return (
    <form
      className="form mask-add"
      aria-label={t("masking.addTitle")}
      onSubmit={(event) => {
        event.preventDefault();
        const word = text.trim();
        if (word === "") return;
        setText("");
        void onAdd(word, kind);
      }}
    >
      <Field label={t("masking.word")} value={text} maxLength={200} onChange={setText} />
      <Choice
        label={t("masking.kind")}
        options={maskKinds.map((id) => ({ id, title: t(`masking.kinds.${id}`) }))}
        chosen={kind}
        onChoose={(id) => setKind(maskKinds.find((one) => one === id) ?? "person")}
      />
      <TextButton kind="outline" type="submit" isDisabled={text.trim() === ""}>
        {t("masking.add")}
      </TextButton>
    </form>
  );
}
