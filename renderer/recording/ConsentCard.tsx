// What those present are told, and what is noted of it: who, how, and what they answered.
import { Printer } from "lucide-react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Label } from "react-aria-components/TextField";
import type { Consent } from "../../electron/recorded.ts";
import { Field } from "../parts/Field.tsx";
import "../parts/radio.css";
import { TextButton } from "../parts/TextButton.tsx";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

interface ConsentCardProps {
  readonly consent: Consent | null;
  /** The other side of a call is recorded too. */
  readonly system: boolean;
  readonly onChange: (consent: Consent | null) => void;
}

const ways = ["aloud", "before", "paper"] as const;
const answers = ["yes", "partly", "no"] as const;

export function ConsentCard({ consent, system, onChange }: ConsentCardProps) {
  const { t } = useTexts();
  const { consentText } = useSnapshot("settings");
  const { consentRequired } = useSnapshot("policy");
  const offered = consentRequired ? answers : (["none", ...answers] as const);
  const empty: Consent = { informed: "", how: "aloud", answer: "yes", note: "", at: "" };
  const change = (part: Partial<Consent>) => onChange({ ...(consent ?? empty), ...part, at: localNow() });
  return (
    <section className="consent" aria-labelledby="consent-title">
      <div className="consent-head">
        <h2 id="consent-title">{t("record.consent.title")}</h2>
        <TextButton small icon={Printer} onPress={() => window.print()}>
          {t("record.consent.print")}
        </TextButton>
      </div>
      <p className="quiet">{t("record.consent.about")}</p>
      <blockquote className="consent-text">{consentText || t("record.consent.text")}</blockquote>
      {system && <p className="record-warning">{t("record.consent.system")}</p>}
      <RadioGroup
        className="radios"
        value={consent?.answer ?? "none"}
        onChange={(answer) => {
          if (answer === "none") onChange(null);
          else change({ answer: answers.find((known) => known === answer) ?? "yes" });
        }}
      >
        <Label className="field-label">{t("record.consent.answer")}</Label>
        <div className="radio-line">
          {offered.map((answer) => (
            <Radio key={answer} value={answer} className="radio">
              <span className="radio-dot" aria-hidden />
              {t(`record.consent.${answer}`)}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {consent === null ? (
        <p className="quiet">{t(consentRequired ? "record.consent.needed" : "record.consent.missing")}</p>
      ) : (
        <>
          {consent.answer === "no" && (
            <p role="alert" className="record-warning">
              {t("record.consent.refused")}
            </p>
          )}
          <RadioGroup
            className="radios"
            value={consent.how}
            onChange={(how) => change({ how: ways.find((known) => known === how) ?? "aloud" })}
          >
            <Label className="field-label">{t("record.consent.how")}</Label>
            <div className="radio-line">
              {ways.map((how) => (
                <Radio key={how} value={how} className="radio">
                  <span className="radio-dot" aria-hidden />
                  {t(`record.consent.${how}`)}
                </Radio>
              ))}
            </div>
          </RadioGroup>
          <Field
            label={t("record.consent.who")}
            hint={t("record.consent.whoHint")}
            value={consent.informed}
            maxLength={300}
            onChange={(informed) => change({ informed })}
          />
          {consent.answer === "partly" && (
            <Field
              label={t("record.consent.note")}
              value={consent.note}
              maxLength={500}
              onChange={(note) => change({ note })}
            />
          )}
        </>
      )}
    </section>
  );
}

/** ISO 8601 local, to the second. */
function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
