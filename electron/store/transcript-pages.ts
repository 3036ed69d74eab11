// Transcripts to and from the store's thread in pages, so that main is never held for long. Runs in main.
import { randomUUID } from "node:crypto";
import { LyssnaError } from "../errors.ts";
import type { Segment, Transcript } from "../formats.ts";
import type { StoreRole } from "./store-worker.ts";
import { pageSegments } from "./transcripts.ts";
import type { MeetingId, TranscriptStart } from "./types.ts";
import type { Caller } from "../thread-calls.ts";

type CallDatabase = Caller<StoreRole>["call"];

export async function writeTranscript(
  id: MeetingId,
  { segments, ...head }: Transcript,
  call: CallDatabase,
): Promise<void> {
  const batch = randomUUID();
  for (let from = 0; from < segments.length; from += pageSegments) {
    await call("handOver", batch, segments.slice(from, from + pageSegments));
  }
  await call("saveTranscript", id, head, batch);
}

/** Starts over if the transcript was saved anew meanwhile. */
export async function readSegments(
  id: MeetingId,
  call: CallDatabase,
): Promise<{ readonly revision: string | null; readonly segments: readonly Segment[] }> {
  for (;;) {
    const first = await call("segmentPage", id, 0);
    const segments = [...first.segments];
    let page = first;
    while (page.next !== null && page.revision === first.revision) {
      page = await call("segmentPage", id, page.next);
      segments.push(...page.segments);
    }
    if (page.revision === first.revision) return { revision: first.revision, segments };
  }
}

/** The head, and the first page of segments. */
export async function readStart(id: MeetingId, call: CallDatabase): Promise<TranscriptStart> {
  for (;;) {
    const { revision, head } = await call("transcriptHead", id);
    const page = await call("segmentPage", id, 0);
    if (page.revision === null) throw new LyssnaError("not-found");
    if (page.revision === revision)
      return { transcript: { ...head, segments: [...page.segments] }, whole: page.next === null };
  }
}

export async function readTranscript(id: MeetingId, call: CallDatabase): Promise<Transcript> {
  for (;;) {
    const { revision, head } = await call("transcriptHead", id);
    const read = await readSegments(id, call);
    if (read.revision === null) throw new LyssnaError("not-found");
    if (read.revision === revision) return { ...head, segments: [...read.segments] };
  }
}
