// Which meetings: the ones of one case at a press, or any, each with a box to tick.
import { useState } from "react";
import { Checkbox, CheckboxGroup } from "react-aria-components/CheckboxGroup";
import { Label } from "react-aria-components/TextField";
import type { Meeting } from "../../electron/contract.ts";
import { ShowMore } from "../library/ShowMore.tsx";
import { Field } from "../parts/Field.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import "./report.css";
import { casesOf, holding } from "./summarised-meetings.ts";

const rowsAtOnce = 60;
/** A filter is of use where the list is longer than a screen. */
const filterFrom = 12;

interface Choosing {
  readonly meetings: readonly Meeting[];
  readonly onChoose: (ids: readonly string[]) => void;
}

export function SameCase({ meetings, onChoose }: Choosing) {
  const { t } = useTexts();
  const cases = casesOf(meetings);
  if (cases.length === 0) return null;
  return (
    <section className="same-case">
      <h2 className="library-date">{t("report.sameCase")}</h2>
      <div className="same-case-offers">
        {cases.map(({ reference, ids }) => (
          <TextButton key={reference} kind="outline" onPress={() => onChoose(ids)}>
            {t("report.ofCase", { count: ids.length, reference })}
          </TextButton>
        ))}
      </div>
    </section>
  );
}

export function MeetingChoices({ meetings, chosen, onChoose }: Choosing & { readonly chosen: readonly string[] }) {
  const { t, language } = useTexts();
  const [words, setWords] = useState("");
  const [count, setCount] = useState(rowsAtOnce);
  const shown = holding(words, meetings);
  return (
    <>
      {meetings.length >= filterFrom && (
        <Field label={t("report.filter")} value={words} maxLength={100} onChange={setWords} />
      )}
      <CheckboxGroup className="meeting-choices" value={[...chosen]} onChange={onChoose}>
        <Label className="library-date">{t("report.meetings")}</Label>
        {shown.length === 0 && <p className="quiet">{t("report.noneFit")}</p>}
        {shown.slice(0, count).map((meeting) => (
          <Checkbox key={meeting.id} value={meeting.id} className="meeting-choice">
            <span className="check-mark" aria-hidden />
            <span className="meeting-choice-words">
              <span className="meeting-choice-title">{meeting.title}</span>
              <span className="quiet figures">
                {[
                  dateAndTime(meeting.recordedAt, language),
                  meeting.caseReference && t("meeting.case", { reference: meeting.caseReference }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
          </Checkbox>
        ))}
        {count < shown.length && <ShowMore onMore={() => setCount(count + rowsAtOnce)} />}
      </CheckboxGroup>
    </>
  );
}
