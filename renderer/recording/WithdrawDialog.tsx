// Consent is withdrawn: what goes, and from when. It cannot be undone, so it needs a word typed.
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Label } from "react-aria-components/TextField";
import type { Meeting } from "../../electron/contract.ts";
import { Field } from "../parts/Field.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import "../parts/radio.css";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { go } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { readClock } from "./read-clock.ts";

interface WithdrawDialogProps {
  readonly meeting: Meeting;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function WithdrawDialog({ meeting, open, onOpenChange }: WithdrawDialogProps) {
  const { t } = useTexts();
  return (
    <SheetDialog title={t("record.withdraw.title")} open={open} onOpenChange={onOpenChange} asks>
      <WithdrawForm meeting={meeting} onDone={() => onOpenChange(false)} />
    </SheetDialog>
  );
}

function WithdrawForm({ meeting, onDone }: { readonly meeting: Meeting; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [what, setWhat] = useState<"sound" | "all">("all");
  const [isWhole, setIsWhole] = useState(true);
  const [time, setTime] = useState("");
  const [word, setWord] = useState("");
  const from = readClock(time);
  const canDo = word.trim().toLocaleUpperCase() === t("record.withdraw.code") && (isWhole || from !== null);

  const withdraw = async () => {
    if (!canDo) return;
    const fromMs = isWhole ? null : from;
    if ((await act("recordings.withdraw", meeting.id, { what, fromMs })) === undefined) return;
    announce(t("record.withdraw.done"));
    onDone();
    if (isWhole && what === "all") go({ view: "library" });
  };

  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void withdraw();
      }}
    >
      <RadioGroup className="radios" value={what} onChange={(value) => setWhat(value === "sound" ? "sound" : "all")}>
        <Label className="field-label">{t("record.withdraw.what")}</Label>
        {(["all", "sound"] as const).map((value) => (
          <Radio key={value} value={value} className="radio">
            <span className="radio-dot" aria-hidden />
            {t(`record.withdraw.${value}`)}
          </Radio>
        ))}
      </RadioGroup>
      <RadioGroup
        className="radios"
        value={isWhole ? "start" : "time"}
        onChange={(value) => setIsWhole(value === "start")}
      >
        <Label className="field-label">{t("record.withdraw.from")}</Label>
        <Radio value="start" className="radio">
          <span className="radio-dot" aria-hidden />
          {t("record.withdraw.start")}
        </Radio>
        <Radio value="time" className="radio">
          <span className="radio-dot" aria-hidden />
          {t("record.withdraw.point", { time: time || "…" })}
        </Radio>
      </RadioGroup>
      {!isWhole && <Field label={t("record.withdraw.time")} value={time} maxLength={9} onChange={setTime} />}
      <p>{t("record.withdraw.cannot")}</p>
      <Field label={t("record.withdraw.word")} value={word} maxLength={20} onChange={setWord} />
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("record.withdraw.cancel")}
        </TextButton>
        <TextButton kind="primary" type="submit" isDisabled={!canDo}>
          {t("record.withdraw.do")}
        </TextButton>
      </div>
    </form>
  );
}
