// Calls on masking, and masking for whatever leaves the app. Runs in main; the reading itself is in a worker.
import { chmod } from "node:fs/promises";
import type { Handlers } from "../contract.ts";
import { writeWhole } from "../export/write-whole.ts";
import { transcriptsOf } from "../jobs/source-transcripts.ts";
import { type MaskedMeeting, type MaskInput, rulesFrom } from "../masking/mask-meeting.ts";
import { maskInWorker } from "../masking/run-mask.ts";
import { noWords } from "../masking-kinds.ts";
import type { MeetingId } from "../store/types.ts";
import type { Context } from "./context.ts";
import { refuse } from "../policy/state.ts";

type MaskingHandlers = Pick<
  Handlers,
  "masking.get" | "masking.save" | "masking.saveWords" | "masking.view" | "masking.saveKey"
>;

/** For the person's own eyes: the key undoes the masking. */
const ownOnly = 0o600;

export function maskingHandlers(context: Context): MaskingHandlers {
  const { store, dialogs } = context;

  const whole = async (id: MeetingId): Promise<MaskedMeeting> => {
    const meeting = await store.getMeeting(id);
    const latest = await store.latestSummary(id);
    return maskAs(id, store, {
      transcripts: await transcriptsOf(meeting, store),
      summary: latest?.summary ?? null,
      title: meeting.title,
    });
  };

  return {
    async "masking.get"(id) {
      return stateOf(id, store);
    },
    async "masking.save"(id, choice) {
      await store.saveMaskChoice(id, choice);
      context.noteChange(id, "masking");
      return null;
    },
    async "masking.saveWords"(caseReference, words) {
      await store.saveMaskWords(caseReference, words);
      const ofCase = (await store.listMeetings()).filter((meeting) => meeting.caseReference === caseReference);
      context.noteChange(
        ofCase.map(({ id }) => id),
        "masking",
      );
      return null;
    },
    async "masking.view"(id) {
      const { transcripts, summary, hits } = await whole(id);
      // A report has no transcript of its own.
      const [transcript] = transcripts.length === 1 ? transcripts : [];
      return {
        transcript: transcript ?? { lyssna: "transcript/1", language: "sv", durationMs: 0, speakers: [], segments: [] },
        summary,
        hits,
      };
    },
    async "masking.saveKey"(id) {
      const name = context.settings().interfaceLanguage === "sv" ? "Nyckel" : "Key";
      const path = await dialogs.chooseSavePath(name, "json");
      if (path === null) return null;
      if (context.policy().exportFormats.length === 0) refuse(context.policy());
      const { key } = await whole(id);
      await writeWhole(path, `${JSON.stringify(key, null, 2)}\n`);
      await chmod(path, ownOnly);
      await store.noteEvent("exported", id, { code: "json" });
      return path;
    },
  };
}

async function stateOf(id: MeetingId, store: Context["store"]) {
  const { caseReference } = await store.getMeeting(id);
  const choice = await store.getMaskChoice(id);
  return { choice, caseWords: caseReference === "" ? noWords : await store.getMaskWords(caseReference) };
}

/** What leaves the app as this meeting's people decided it, whether masking is on or not. */
async function maskAs(id: MeetingId, store: Context["store"], input: MaskInput): Promise<MaskedMeeting> {
  const { choice, caseWords } = await stateOf(id, store);
  return maskInWorker({ input, rules: rulesFrom(choice, caseWords) });
}

/** Masked where the meeting's masking is on; null where it is not. */
export async function maskedIfOn(
  id: MeetingId,
  store: Context["store"],
  input: MaskInput,
): Promise<MaskedMeeting | null> {
  const { on } = await store.getMaskChoice(id);
  return on ? maskAs(id, store, input) : null;
}
