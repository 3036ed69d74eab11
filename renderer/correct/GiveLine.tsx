// Who said it: one of the speakers or somebody new; this line, from here on, or everywhere.
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Label } from "react-aria-components/TextField";
import type { Paragraph } from "../meeting/paragraphs.ts";
import { Field } from "../parts/Field.tsx";
import "../parts/radio.css";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { speakerWords } from "../words/speaker-words.ts";
import type { SpeakerScope } from "./hunks.ts";
import { useCorrecting } from "./use-corrections.ts";

interface GiveLineProps {
  readonly line: Paragraph;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function GiveLine({ line, open, onOpenChange }: GiveLineProps) {
  const { t } = useTexts();
  return (
    <SheetDialog title={t("correct.give.title")} open={open} onOpenChange={onOpenChange}>
      <GiveForm line={line} onDone={() => onOpenChange(false)} />
    </SheetDialog>
  );
}

const someoneNew = "new";
const scopes = ["line", "onwards", "all"] as const satisfies readonly SpeakerScope[];

function GiveForm({ line, onDone }: { readonly line: Paragraph; readonly onDone: () => void }) {
  const { t } = useTexts();
  const corrections = useCorrecting();
  const people = [...speakerWords(corrections.transcript, t).values()];
  const [who, setWho] = useState(line.speaker ?? "");
  const [name, setName] = useState("");
  const [scope, setScope] = useState<SpeakerScope>("line");
  const now = people.find(({ speaker }) => speaker.id === line.speaker)?.name ?? t("transcript.unknown");
  const canDo = who === someoneNew ? name.trim() !== "" : who !== "" && who !== line.speaker;
  const give = () => {
    if (!canDo) return;
    void corrections.give(line, who === someoneNew ? { name: name.trim() } : { id: who }, scope);
    onDone();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <RadioGroup className="radios" value={who} onChange={setWho}>
        <Label className="field-label">{t("correct.give.who")}</Label>
        {people.map((words) => (
          <Radio key={words.speaker.id} value={words.speaker.id} className="radio">
            <span className="radio-dot" aria-hidden />
            {words.name}
          </Radio>
        ))}
        <Radio value={someoneNew} className="radio">
          <span className="radio-dot" aria-hidden />
          {t("correct.give.new")}
        </Radio>
      </RadioGroup>
      {who === someoneNew && (
        <Field label={t("transcript.name")} value={name} maxLength={100} focusFirst onChange={setName} />
      )}
      <RadioGroup
        className="radios"
        value={scope}
        onChange={(value) => setScope(scopes.find((one) => one === value) ?? "line")}
      >
        <Label className="field-label">{t("correct.give.scope")}</Label>
        {scopes.map((one) => (
          <Radio key={one} value={one} className="radio">
            <span className="radio-dot" aria-hidden />
            {t(`correct.give.${one}`, { name: now })}
          </Radio>
        ))}
      </RadioGroup>
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("correct.cancel")}
        </TextButton>
        <TextButton kind="primary" type="submit" isDisabled={!canDo}>
          {t("correct.give.do")}
        </TextButton>
      </div>
    </form>
  );
}
