// What was found: passages under their meetings, the words lit up.
import { useState } from "react";
import type { Meeting, SearchHit } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { ask } from "../state/ask.ts";
import { meetingAddress } from "../state/route.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { passageParts } from "../words/passage.ts";
import { dateAndTime } from "../words/time.ts";

const passagesPerMeeting = 4;

export function SearchHits({ query, meetings }: { readonly query: string; readonly meetings: readonly Meeting[] }) {
  const { t, language } = useTexts();
  const { hits, error } = useHits(query);
  if (error) {
    return (
      <p role="alert" className="library-error">
        <ErrorText error={error} />
      </p>
    );
  }
  if (hits === undefined) return null;

  const found = gather(hits, meetings, query);
  return (
    <>
      <output className="quiet library-count">
        {found.length === 0 ? t("library.noHits", { query }) : t("library.hits", { count: hits.length })}
      </output>
      {found.length === 0 && <p className="quiet">{t("library.noHitsHint")}</p>}
      <ul className="hits">
        {found.map(({ meeting, passages }) => (
          <li key={meeting.id} className="hit">
            <h2 className="hit-title">
              <a data-row href={meetingAddress(meeting.id)}>
                {meeting.title}
              </a>
              <span className="quiet hit-date">{dateAndTime(meeting.recordedAt, language)}</span>
            </h2>
            <ul>
              {passages.slice(0, passagesPerMeeting).map((passage, index) => (
                <li key={passage.segmentId ?? `summary-${index}`}>
                  <a
                    data-row
                    className="hit-passage"
                    lang={meeting.language}
                    href={meetingAddress(meeting.id, passage.segmentId)}
                  >
                    {passageParts(passage.passage).map(({ text, hit, at }) =>
                      hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
                    )}
                    {passage.in === "summary" && (
                      <span className="hit-where" lang={language}>
                        {" "}
                        {t("library.inSummary")}
                      </span>
                    )}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

interface Found {
  readonly meeting: Meeting;
  readonly passages: readonly SearchHit[];
}

/** Meetings whose name or case holds the words, then those in which they were said, in the order of the hits. */
function gather(hits: readonly SearchHit[], meetings: readonly Meeting[], query: string): readonly Found[] {
  const passages = Map.groupBy(hits, (hit) => hit.meetingId);
  const sought = query.toLocaleLowerCase("sv");
  const named = meetings.filter(
    ({ id, title, caseReference }) =>
      !passages.has(id) && `${title} ${caseReference}`.toLocaleLowerCase("sv").includes(sought),
  );
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  return [
    ...named.map((meeting) => ({ meeting, passages: [] })),
    ...[...passages].flatMap(([id, ofMeeting]) => {
      const meeting = byId.get(id);
      return meeting ? [{ meeting, passages: ofMeeting }] : [];
    }),
  ];
}

/** Asks at once, and again when that is answered if more has been typed meanwhile: never two questions at a time. */
function useHits(query: string) {
  const [asked, setAsked] = useState(query);
  const { value: hits, error, key } = useAnswer("search", asked, () => ask("search.find", asked));
  if (key === asked && asked !== query) setAsked(query);
  return { hits, error };
}
