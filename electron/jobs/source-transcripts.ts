// The transcripts that a meeting's summary rests on: its own, or those of the meetings a report was made of. Runs in main.
import { LyssnaError } from "../errors.ts";
import type { Transcript } from "../formats.ts";
import type { Meeting, ReportSource, Store } from "../store/types.ts";

/**
 * One transcript, or a report's in the order "m1", "m2" …, each with its meeting's title and date. A meeting that is
 * deleted since has an empty one, so that the others keep their place.
 */
export async function transcriptsOf(
  meeting: Meeting,
  store: Pick<Store, "getTranscript" | "getRecording">,
): Promise<readonly Transcript[]> {
  if (meeting.sources === undefined) return [await marked(meeting.id, store)];
  const transcripts: Transcript[] = [];
  for (const source of meeting.sources) {
    const { title, recordedAt } = source;
    transcripts.push({ ...(await stillThere(source, store)), title, recordedAt });
  }
  // An engine takes the language from the first.
  const language = transcripts.find(({ segments }) => segments.length > 0)?.language ?? meeting.language;
  return transcripts.map((transcript) => (transcript.segments.length > 0 ? transcript : { ...transcript, language }));
}

/** With what was marked while it was recorded. */
async function marked(id: string, store: Pick<Store, "getTranscript" | "getRecording">): Promise<Transcript> {
  const [transcript, record] = await Promise.all([store.getTranscript(id), store.getRecording(id)]);
  if (record === null || record.marks.length === 0) return transcript;
  return { ...transcript, marks: record.marks.map(({ atMs, kind }) => ({ atMs, kind })) };
}

const empty: Transcript = { lyssna: "transcript/1", language: "sv", durationMs: 0, speakers: [], segments: [] };

async function stillThere(
  { meetingId }: ReportSource,
  store: Pick<Store, "getTranscript" | "getRecording">,
): Promise<Transcript> {
  if (meetingId === null) return empty;
  try {
    return await marked(meetingId, store);
  } catch (error) {
    if (error instanceof LyssnaError && error.code === "not-found") return empty;
    throw error;
  }
}
