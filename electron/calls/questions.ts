// A question to meetings that the person has chosen. Runs in main; the model and the check are elsewhere.
import type { AnswerSentence, Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { SummaryItem, Transcript } from "../formats.ts";
import { askMeetings } from "../summary/generative/ask-meetings.ts";
import type { Context } from "./context.ts";
import { maskedIfOn } from "./masking.ts";
import type { ModelDesk } from "./model-desk.ts";

export function questionHandlers({ store }: Context, desk: ModelDesk): Pick<Handlers, "meetings.ask"> {
  /** As the person sees it: masked where it is masked. */
  async function readable(id: string): Promise<Transcript> {
    const { title, recordedAt, sources } = await store.getMeeting(id);
    // A report's words are in the meetings that it was made of.
    if (sources !== undefined) throw new LyssnaError("not-found");
    const transcript = await store.getTranscript(id);
    const masked = await maskedIfOn(id, store, { transcripts: [transcript], summary: null, title });
    return { ...(masked?.transcripts[0] ?? transcript), title: masked?.title ?? title, recordedAt };
  }

  return {
    async "meetings.ask"(asked, question, engineId) {
      const ids = [...new Set(asked)];
      return desk.run(
        engineId,
        () => Promise.all(ids.map(readable)),
        async ({ model }, transcripts, signal) => {
          const items = await askMeetings(question, transcripts, model, { signal, report: () => {} });
          return items.map((item) => toSentence(item, ids, transcripts));
        },
      );
    },
  };
}

function toSentence(item: SummaryItem, ids: readonly string[], transcripts: readonly Transcript[]): AnswerSentence {
  const { text, support = "unsupported", reasons = [] } = item;
  return {
    text,
    support,
    reasons,
    places: item.segments.flatMap((cited) => {
      const [, number = "1", segmentId = cited] = /^m(\d+):(.+)$/u.exec(ids.length > 1 ? cited : "") ?? [];
      const at = Number(number) - 1;
      const meetingId = ids[at];
      const segment = transcripts[at]?.segments.find(({ id }) => id === segmentId);
      return meetingId === undefined || segment === undefined
        ? []
        : [{ meetingId, segmentId, startMs: segment.startMs }];
    }),
  };
}
