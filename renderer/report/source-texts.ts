// The transcripts that a report cites, with segment ids as the report writes them ("m2:s12"). Runs in the window.
import type { Meeting, Transcript } from "../../electron/contract.ts";
import type { InterfaceLanguage, Segment } from "../../electron/formats.ts";
import type { SeveralMeetings } from "../meeting/reading.ts";
import { ask } from "../state/ask.ts";
import { useAnswer } from "../state/use-answer.ts";
import { clock, dayAndMonth } from "../words/time.ts";

type Sources = NonNullable<Meeting["sources"]>;

/** The sources' transcripts in their order; null for one that is not there, and altogether until they have come. */
export function useSourceTranscripts(reportId: string, sources: Sources): readonly (Transcript | null)[] | null {
  const key = sources.map(({ meetingId }) => meetingId ?? "–").join(" ");
  const { value } = useAnswer(reportId, key, () =>
    Promise.all(
      sources.map(async ({ meetingId }) =>
        meetingId === null ? null : ask("transcripts.get", meetingId).catch(() => null),
      ),
    ),
  );
  return value ?? null;
}

/** One transcript of all, for a summary that knows one: "m1:s1" … "m2:s1" … */
export function joinTranscripts(report: Meeting, transcripts: readonly (Transcript | null)[]): Transcript {
  const edits = transcripts.flatMap((transcript) => transcript?.editedAt ?? []).toSorted();
  const editedAt = edits.at(-1);
  return {
    lyssna: "transcript/1",
    language: report.language,
    durationMs: 0,
    speakers: [],
    segments: transcripts.flatMap((transcript, at) =>
      (transcript?.segments ?? []).map((segment) => ({ ...segment, id: `m${String(at + 1)}:${segment.id}` })),
    ),
    ...(editedAt === undefined ? {} : { editedAt }),
  };
}

/** How a report's passages are named and opened. */
export function severalMeetings(
  sources: Sources,
  language: InterfaceLanguage,
  open: (meetingId: string, segmentId: string) => void,
): SeveralMeetings {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const split = (id: string): readonly [Sources[number] | undefined, string] => {
    const colon = id.indexOf(":");
    return [byId.get(id.slice(0, colon)), id.slice(colon + 1)];
  };
  return {
    open({ id }: Segment) {
      const [source, segmentId] = split(id);
      if (source !== undefined && source.meetingId !== null) open(source.meetingId, segmentId);
    },
    timeOf({ id, startMs }: Segment) {
      const [source] = split(id);
      return source === undefined ? clock(startMs) : `${dayAndMonth(source.recordedAt, language)} ${clock(startMs)}`;
    },
    gone(ids) {
      const lost = ids.flatMap((id) => split(id)[0] ?? []).filter(({ meetingId }) => meetingId === null);
      return [...new Set(lost.map(({ recordedAt }) => dayAndMonth(recordedAt, language)))];
    },
  };
}
