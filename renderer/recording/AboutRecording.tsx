// What is kept about a recording beside its sound, and what can be done with it: own thoughts, consent withdrawn.
import { Disc } from "lucide-react";
import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Meeting, RecordingRecord } from "../../electron/contract.ts";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask } from "../state/ask.ts";
import { go } from "../state/route.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import "./recording.css";
import { WithdrawDialog } from "./WithdrawDialog.tsx";

export function AboutRecording({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTexts();
  const [withdrawing, setWithdrawing] = useState(false);
  const { value: record } = useAnswer("recording", `${meeting.id} ${meeting.status}`, () =>
    ask("recordings.get", meeting.id),
  );
  if (record === undefined || record === null) return null;
  return (
    <>
      <DialogTrigger>
        <TextButton kind="plain" icon={Disc}>
          {t("record.about.open")}
        </TextButton>
        <Panel title={t("record.about.title")} placement="bottom end" className="panel">
          {(close) => (
            <>
              <Facts record={record} />
              <div className="about-recording-actions">
                {record.kind === "meeting" && (
                  <TextButton
                    small
                    kind="outline"
                    onPress={() => {
                      close();
                      go({ view: "record", about: meeting.id });
                    }}
                  >
                    {t("record.about.thoughts")}
                  </TextButton>
                )}
                <TextButton
                  small
                  kind="plain"
                  onPress={() => {
                    close();
                    setWithdrawing(true);
                  }}
                >
                  {t("record.about.withdraw")}
                </TextButton>
              </div>
            </>
          )}
        </Panel>
      </DialogTrigger>
      <WithdrawDialog meeting={meeting} open={withdrawing} onOpenChange={setWithdrawing} />
    </>
  );
}

function Facts({ record }: { readonly record: RecordingRecord }) {
  const { t } = useTexts();
  const { consent, microphone, rests, strikes } = record;
  return (
    <dl className="about-recording">
      <dt>{t("record.about.consent")}</dt>
      <dd>
        {consent === null
          ? t("record.about.noConsent")
          : [t(`record.consent.${consent.answer}`), consent.note, t(`record.consent.${consent.how}`), consent.informed]
              .filter(Boolean)
              .join(" · ")}
      </dd>
      {microphone !== "" && (
        <>
          <dt>{t("record.about.microphone")}</dt>
          <dd>{microphone}</dd>
        </>
      )}
      <dt>{t("record.about.rests")}</dt>
      <dd>
        {rests.length === 0
          ? t("record.about.none")
          : rests.map(({ atMs, lengthMs, why }) => (
              <div key={`${String(atMs)} ${why} ${String(lengthMs)}`}>
                {t("record.about.restLine", {
                  time: clock(atMs),
                  why: t(`record.rest.${why}`),
                  length: clock(lengthMs),
                })}
              </div>
            ))}
      </dd>
      <dt>{t("record.about.struck")}</dt>
      <dd>
        {strikes.length === 0
          ? t("record.about.none")
          : strikes.map(({ id, fromMs, toMs }) => <div key={id}>{`${clock(fromMs)}–${clock(toMs)}`}</div>)}
      </dd>
    </dl>
  );
}
