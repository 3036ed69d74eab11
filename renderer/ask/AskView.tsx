// A question to meetings: which ones, the question, and an answer in which every sentence leads to where it was said. Nothing
// of it is kept.
import { useEffect, useId, useRef, useState } from "react";
import type { AnswerSentence, Meeting } from "../../electron/contract.ts";
import { BackToLibrary } from "../parts/BackToLibrary.tsx";
import { LongField } from "../parts/LongField.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { MeetingChoices, SameCase } from "../report/MeetingChoices.tsx";
import { usePicked } from "../report/use-picked.ts";
import { most } from "../report/summarised-meetings.ts";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { go, meetingAddress } from "../state/route.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import { useLanguageEngine } from "../words/use-engines.ts";
import "../meeting/summary.css";
import "./ask.css";

interface Answered {
  readonly question: string;
  readonly sentences: readonly AnswerSentence[];
}

export function AskView() {
  const { t } = useTexts();
  const { meetings, fitting, chosen, pick } = usePicked();
  const engine = useLanguageEngine();
  const [question, setQuestion] = useState("");
  const [asking, setAsking] = useState(false);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const heading = useArrival(t("ask.title"));
  const waiting = useRef(false);
  useEffect(
    () => () => {
      // Whoever leaves waits for no answer.
      if (waiting.current) void act("language.stop");
    },
    [],
  );
  useShortcuts({ Escape: () => go({ view: "library" }) });
  const isReady = engine !== null && chosen.length > 0 && chosen.length <= most && question.trim().length >= 3;
  const askThem = async () => {
    if (engine === null || !isReady || asking) return;
    setAsking(true);
    waiting.current = true;
    setAnswered(null);
    announce(t("ask.reading"));
    const sentences = await act("meetings.ask", [...chosen], question.trim(), engine);
    waiting.current = false;
    setAsking(false);
    if (sentences === undefined) return;
    setAnswered({ question: question.trim(), sentences });
    announce(sentences.length === 0 ? t("ask.notSaid") : t("ask.answered", { count: sentences.length }));
  };
  return (
    <main className="page choose-meetings">
      <BackToLibrary />
      <h1 ref={heading} tabIndex={-1}>
        {t("ask.title")}
      </h1>
      <p className="lead">
        {t(engine === null ? "ask.needsModel" : fitting.length === 0 ? "ask.needsOne" : "ask.lead")}
      </p>
      {engine !== null && fitting.length > 0 && (
        <>
          <LongField
            label={t("ask.question")}
            hint={t("ask.questionHint")}
            value={question}
            maxLength={500}
            rows={2}
            onChange={setQuestion}
            onSave={() => void askThem()}
          />
          <div className="ask-actions">
            {asking ? (
              <TextButton kind="outline" onPress={() => void act("language.stop")}>
                {t("engines.stop")}
              </TextButton>
            ) : (
              <TextButton kind="primary" isDisabled={!isReady} onPress={() => void askThem()}>
                {t("ask.ask")}
              </TextButton>
            )}
            <output className="quiet">
              {asking
                ? t("ask.reading")
                : `${t("report.chosen", { count: chosen.length })}${chosen.length > most ? `. ${t("report.tooMany", { most })}` : ""}`}
            </output>
          </div>
          {answered !== null && <Answer answered={answered} meetings={meetings} />}
          <SameCase meetings={meetings} onChoose={pick} />
          <MeetingChoices meetings={fitting} chosen={chosen} onChoose={pick} />
        </>
      )}
    </main>
  );
}

function Answer({ answered, meetings }: { readonly answered: Answered; readonly meetings: readonly Meeting[] }) {
  const { t } = useTexts();
  const titleId = useId();
  return (
    <section className="ask-answer" aria-labelledby={titleId}>
      <h2 id={titleId}>{answered.question}</h2>
      {answered.sentences.length === 0 ? (
        <p className="summary-absent">{t("ask.notSaid")}</p>
      ) : (
        <ul>
          {answered.sentences.map((sentence) => (
            <li key={sentence.text} data-support={sentence.support}>
              <p>{sentence.text}</p>
              <p className="ask-places">
                {sentence.places.map(({ meetingId, segmentId, startMs }) => (
                  <a key={`${meetingId} ${segmentId}`} className="figures" href={meetingAddress(meetingId, segmentId)}>
                    {t("ask.place", {
                      title: meetings.find(({ id }) => id === meetingId)?.title ?? "",
                      time: clock(startMs),
                    })}
                  </a>
                ))}
                {sentence.support !== "supported" && (
                  <span className="doubt" data-doubt={sentence.support}>
                    {sentence.reasons.length === 0
                      ? t(`summary.${sentence.support}`)
                      : t(`summary.${sentence.support}Reason`, { reason: sentence.reasons.join(" ") })}
                  </span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
