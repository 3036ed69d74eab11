// The bundled example meeting: an invented follow-up talk, so that a newcomer can try templates at once. Runs in main.
import { join } from "node:path";
import type { Transcript } from "../formats.ts";
import { readTranscript } from "./read-transcript.ts";

export const exampleMeetingPath = join(import.meta.dirname, "..", "..", "models", "example", "uppfoljningssamtal.json");

export const loadExampleMeeting = (): Promise<Transcript> => readTranscript(exampleMeetingPath);
