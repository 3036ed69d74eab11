// The event log as it is read: what was done, newest first, and whether every line is as it was written.
import { useState } from "react";
import type { LogLine } from "../../electron/contract.ts";
import { errorSentence, isErrorCode } from "../../electron/errors.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act, ask } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import "./retention.css";

const step = 200;

/** What a line is about, where the language has a word for it. */
const known = [
  "meeting",
  "sound",
  "transcript",
  "summary",
  "original",
  "heading",
  "all",
  "new",
  "deleted-before",
  "keychain",
  "passphrase",
  "recovery",
  "organisation",
  "idle",
  "sleep",
  "system",
  "person",
] as const;

const isKnown = (code: string): code is (typeof known)[number] => known.some((one) => one === code);

export function EventLogPage() {
  const { t, language } = useTexts();
  const [limit, setLimit] = useState(step);
  const { value: log, error } = useAnswer("log", String(limit), () => ask("log.read", limit));
  const save = async (format: "csv" | "json") => {
    const path = await act("log.export", format);
    if (path !== undefined && path !== null) tellDone(t("eventLog.exported"));
  };
  const codeWords = ({ code, event, count, from, to }: LogLine): string => {
    if (event === "unlock-failed" && count !== null && from !== undefined && to !== undefined)
      return t("eventLog.tries", { count, from: dateAndTime(from, language), to: dateAndTime(to, language) });
    if (code === null) return "";
    if (event === "exported" || event === "log-exported") return code.toUpperCase();
    if (isErrorCode(code) && event === "job-failed")
      // The sentence without the details that only the moment knew.
      return errorSentence({ code, details: {} }, language);
    return isKnown(code) ? t(`eventLog.codes.${code}`) : code;
  };
  return (
    <>
      <p className="lead">{t("eventLog.lead")}</p>
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {log && (
        <p role={log.found.state === "whole" ? undefined : "alert"}>
          {log.found.state === "whole"
            ? t("eventLog.whole", { count: log.count })
            : t(`eventLog.${log.found.state}`, { number: log.found.number })}
        </p>
      )}
      <div className="watched-actions">
        <TextButton kind="outline" onPress={() => void save("csv")}>
          {t("eventLog.exportCsv")}
        </TextButton>
        <TextButton kind="plain" onPress={() => void save("json")}>
          {t("eventLog.exportJson")}
        </TextButton>
      </div>
      {log && log.lines.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className="event-log-frame" aria-label={t("eventLog.title")} tabIndex={0}>
          <table className="event-log figures">
            <thead>
              <tr>
                <th scope="col">{t("eventLog.when")}</th>
                <th scope="col">{t("eventLog.what")}</th>
                <th scope="col">{t("eventLog.who")}</th>
                <th scope="col">{t("eventLog.meeting")}</th>
                <th scope="col">{t("eventLog.basis")}</th>
              </tr>
            </thead>
            <tbody>
              {log.lines.map((line) => (
                <tr key={line.number}>
                  <td>{dateAndTime(line.at, language)}</td>
                  <td>{[t(`eventLog.events.${line.event}`), codeWords(line)].filter(Boolean).join(": ")}</td>
                  <td>{t(`eventLog.by.${line.by}`)}</td>
                  <td>{line.meeting?.slice(0, 8)}</td>
                  <td>{line.rules !== null && (log.rules[line.rules]?.standard.basis || line.rules)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {log && log.lines.length < log.count && (
        <div>
          <TextButton kind="plain" onPress={() => setLimit(limit + step)}>
            {t("eventLog.more")}
          </TextButton>
        </div>
      )}
    </>
  );
}
