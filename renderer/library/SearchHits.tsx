// What was found: passages under their meetings, the words lit up, with when it was said and by whom.
import { useState } from "react";
import type { Meeting, MeetingFilter, SearchHit } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask } from "../state/ask.ts";
import { useCell } from "../state/cell.ts";
import { addressOf, meetingAddress } from "../state/route.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { passageParts } from "../words/passage.ts";
import { clock, dateAndTime } from "../words/time.ts";
import { libraryFilter, searchFilter, wholeLibrary } from "./filter.ts";
import { gather } from "./gather.ts";
import { ShowMore } from "./ShowMore.tsx";

const passagesPerMeeting = 4;
/** Meetings that are drawn at once: a screen full. More come as one scrolls. */
const meetingsAtOnce = 12;

export function SearchHits({ query, meetings }: { readonly query: string; readonly meetings: readonly Meeting[] }) {
  const { t } = useTexts();
  const filter = searchFilter(useCell(libraryFilter));
  const { hits, error, of } = useHits(query, filter);
  if (error) {
    return (
      <p role="alert" className="library-error">
        <ErrorText error={error} />
      </p>
    );
  }
  if (hits === undefined) return null;

  const found = gather(hits, meetings);
  return (
    <>
      <output className="quiet library-count">
        {found.length === 0
          ? t(filter === undefined ? "library.noHits" : "library.noHitsFiltered", { query: of })
          : t("library.hits", { count: hits.length })}
      </output>
      {found.length === 0 && <p className="quiet">{t("library.noHitsHint")}</p>}
      {found.length === 0 && filter !== undefined && (
        <TextButton
          kind="outline"
          small
          onPress={() => libraryFilter.set({ ...wholeLibrary, sorting: libraryFilter.get().sorting })}
        >
          {t("library.searchAll")}
        </TextButton>
      )}
      <FoundMeetings key={of} found={found} />
    </>
  );
}

function FoundMeetings({ found }: { readonly found: ReturnType<typeof gather> }) {
  const [count, setCount] = useState(meetingsAtOnce);
  return (
    <>
      <ul className="hits">
        {found.slice(0, count).map(({ meeting, title, caseReference, passages }) => (
          <Hit
            key={meeting.id}
            meeting={meeting}
            title={title}
            caseReference={caseReference}
            passages={passages.slice(0, passagesPerMeeting)}
          />
        ))}
      </ul>
      {count < found.length && <ShowMore onMore={() => setCount(count + 2 * meetingsAtOnce)} />}
    </>
  );
}

interface HitProps {
  readonly meeting: Meeting;
  /** As it was found, with its marks, or as it is. */
  readonly title: string;
  readonly caseReference: string;
  readonly passages: readonly SearchHit[];
}

function Hit({ meeting, title, caseReference, passages }: HitProps) {
  const { t, language } = useTexts();
  return (
    <li className="hit">
      <h2 className="hit-title">
        <a data-row href={meetingAddress(meeting.id)}>
          <Lit passage={title} />
        </a>
        <span className="quiet hit-date">
          {dateAndTime(meeting.recordedAt, language)}
          {caseReference !== "" && (
            <>
              {" · "}
              <a className="row-case" href={addressOf({ view: "case", reference: meeting.caseReference })}>
                {t("library.case.word")} <Lit passage={caseReference} />
              </a>
            </>
          )}
        </span>
      </h2>
      <ul>
        {passages.map((passage) => (
          <li key={`${passage.in} ${passage.segmentId ?? passage.passage}`}>
            <a
              data-row
              className="hit-passage"
              lang={meeting.language}
              href={meetingAddress(meeting.id, passage.segmentId)}
            >
              {passage.atMs !== undefined && (
                <span className="hit-where figures">
                  {[clock(passage.atMs), passage.speaker].filter(Boolean).join(" · ")}{" "}
                </span>
              )}
              <Lit passage={passage.passage} />
              {(passage.in === "summary" || passage.in === "mark") && (
                <span className="hit-where" lang={language}>
                  {" "}
                  {t(passage.in === "summary" ? "library.inSummary" : "library.inMark")}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Lit({ passage }: { readonly passage: string }) {
  return passageParts(passage).map(({ text, hit, at }) =>
    hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
  );
}

/**
 * Asks at once, and again when that is answered if more has been typed meanwhile: never two questions at a time, so that
 * no answer overtakes another. `of` is what the shown hits are an answer to.
 */
function useHits(query: string, filter: MeetingFilter | undefined) {
  const wanted = JSON.stringify([query, filter]);
  const [asked, setAsked] = useState({ wanted, query, filter });
  const {
    value: hits,
    error,
    key,
  } = useAnswer("search", asked.wanted, async () => ({
    of: asked.query,
    hits: await ask("search.find", asked.query, asked.filter),
  }));
  if (key === asked.wanted && asked.wanted !== wanted) setAsked({ wanted, query, filter });
  return { hits: hits?.hits, of: hits?.of ?? query, error };
}
