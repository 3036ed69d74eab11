// One case for the selected meetings: a reference that is there already, or a new one.
import { useId, useState } from "react";
import type { Meeting } from "../../electron/contract.ts";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { casesOf } from "./filter.ts";
import { nothingSelected, selection } from "./selection.ts";

interface SetCaseProps {
  readonly meetings: readonly Meeting[];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onDone?: (reference: string) => void;
}

export function SetCase({ meetings, open, onOpenChange, onDone }: SetCaseProps) {
  const { t } = useTexts();
  return (
    <SheetDialog title={t("library.case.set")} open={open} onOpenChange={onOpenChange}>
      <CaseForm
        meetings={meetings}
        onClose={() => onOpenChange(false)}
        onSaved={(reference) => {
          onOpenChange(false);
          selection.set(nothingSelected);
          onDone?.(reference);
        }}
      />
    </SheetDialog>
  );
}

interface CaseFormProps {
  readonly meetings: readonly Meeting[];
  readonly onClose: () => void;
  readonly onSaved: (reference: string) => void;
}

function CaseForm({ meetings, onClose, onSaved }: CaseFormProps) {
  const { t, language } = useTexts();
  const known = casesOf(useSnapshot("meetings"), language);
  const [first = ""] = [...new Set(meetings.map(({ caseReference }) => caseReference))];
  const isOne = meetings.every(({ caseReference }) => caseReference === first);
  const [reference, setReference] = useState(isOne ? first : "");
  const [ids] = [useId()];
  const save = async () => {
    const wanted = reference.trim();
    if (
      (await act(
        "meetings.setCase",
        meetings.map(({ id }) => id),
        wanted,
      )) === undefined
    )
      return;
    tellDone(
      wanted === ""
        ? t("library.case.taken", { count: meetings.length })
        : t("library.case.given", { count: meetings.length, reference: wanted }),
    );
    onSaved(wanted);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="field">
        <label className="field-label" htmlFor={ids}>
          {t("meeting.caseReference")}
        </label>
        <input
          id={ids}
          className="field-input"
          list={`${ids}-known`}
          value={reference}
          maxLength={100}
          spellCheck={false}
          autoComplete="off"
          // The dialog was opened to write here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <datalist id={`${ids}-known`}>
          {known.slice(0, 500).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
        <p className="field-hint">{t("library.case.hint")}</p>
      </div>
      <div className="form-foot">
        <TextButton kind="plain" onPress={onClose}>
          {t("meeting.cancel")}
        </TextButton>
        <TextButton kind="primary" type="submit">
          {t("meeting.save")}
        </TextButton>
      </div>
    </form>
  );
}
