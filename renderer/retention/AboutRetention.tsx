// In a meeting's head: what of it goes when, and how to keep it longer.
import { Hourglass } from "lucide-react";
import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Meeting, MeetingRetention } from "../../electron/contract.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { Field } from "../parts/Field.tsx";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useToday } from "../state/use-today.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateInWords, goesInWords } from "../words/time.ts";

export function AboutRetention({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTexts();
  const today = useToday();
  const { retention } = meeting;
  if (retention === undefined) return null;
  const words = retention.protected
    ? t("retention.protected")
    : retention.dueAt === null
      ? t("retention.nothing")
      : goesInWords(retention.dueAt, today, t);
  return (
    <DialogTrigger>
      <TextButton kind="plain" icon={Hourglass} aria-label={t("retention.open", { words })}>
        {t("retention.line")}
      </TextButton>
      <Panel title={t("retention.panel")} placement="bottom end" className="panel">
        {(close) => <Details id={meeting.id} retention={retention} words={words} onDone={close} />}
      </Panel>
    </DialogTrigger>
  );
}

interface DetailsProps {
  readonly id: string;
  readonly retention: MeetingRetention;
  readonly words: string;
  readonly onDone: () => void;
}

function Details({ id, retention, words, onDone }: DetailsProps) {
  const { t, language } = useTexts();
  const day = (iso: string) => dateInWords(localDay(iso), language);
  return (
    <div className="form">
      {retention.parts.length === 0 ? (
        <p>{words}</p>
      ) : (
        <ul className="retention-parts">
          {retention.parts.map(({ part, dueAt }) => (
            <li key={part}>{t("retention.list", { part: t(`retention.parts.${part}`), day: day(dueAt) })}</li>
          ))}
        </ul>
      )}
      {retention.basis !== "" && <p className="quiet">{retention.basis}</p>}
      <CheckBox
        label={t("retention.caseOpen")}
        hint={t("retention.caseOpenHint")}
        on={retention.caseOpen}
        onChange={(open) => void act("retention.setCase", id, open)}
      />
      {retention.keptUntil !== null && (
        <>
          <p>{t("retention.kept", { day: day(retention.keptUntil.until), reason: retention.keptUntil.reason })}</p>
          <TextButton kind="plain" onPress={() => void act("retention.release", id)}>
            {t("retention.release")}
          </TextButton>
        </>
      )}
      {retention.mayKeepUntil !== null && retention.keptUntil === null && (
        <KeepForm id={id} latest={retention.mayKeepUntil} onDone={onDone} />
      )}
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("retention.close")}
        </TextButton>
      </div>
    </div>
  );
}

function KeepForm({
  id,
  latest,
  onDone,
}: {
  readonly id: string;
  readonly latest: string;
  readonly onDone: () => void;
}) {
  const { t, language } = useTexts();
  const [until, setUntil] = useState(localDay(latest));
  const [reason, setReason] = useState("");
  const last = dateInWords(localDay(latest), language);
  const isDay = /^\d{4}-\d\d-\d\d$/u.test(until) && !Number.isNaN(Date.parse(until));
  const save = async () => {
    // To the end of the day; on the last one to its last moment.
    const end = until === localDay(latest) ? latest : new Date(`${until}T23:59:59`).toISOString();
    const answer = await act("retention.keep", id, { until: end, reason: reason.trim() });
    if (answer === undefined) return;
    tellDone(t("retention.keepDone", { day: dateInWords(until, language) }));
    onDone();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDay && reason.trim() !== "") void save();
      }}
    >
      <Field
        label={t("retention.keep")}
        hint={t("retention.keepHint", { day: last })}
        value={until}
        maxLength={10}
        required
        onChange={setUntil}
      />
      <Field label={t("retention.reason")} value={reason} maxLength={300} required onChange={setReason} />
      <div>
        <TextButton kind="outline" type="submit" isDisabled={!isDay || reason.trim() === ""}>
          {t("retention.keepSave")}
        </TextButton>
      </div>
    </form>
  );
}

/** The day of a moment where the person is: 2026-03-10. */
function localDay(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
