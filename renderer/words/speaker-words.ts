// A speaker's name and colour mark. Pure.
import type { Speaker, Transcript } from "../../electron/formats.ts";
import type { Translate } from "../texts/i18n.ts";

/** How many colour marks the tokens hold. */
export const speakerColours = 6;

export interface SpeakerWords {
  readonly speaker: Speaker;
  readonly name: string;
  /** 1 to `speakerColours`; people beyond that share the last, and are told apart by name. */
  readonly colour: number;
}

/** Every speaker of the transcript by id, in its order. */
export function speakerWords(transcript: Transcript, t: Translate): ReadonlyMap<string, SpeakerWords> {
  return new Map(
    transcript.speakers.map((speaker, index) => [
      speaker.id,
      {
        speaker,
        name: speaker.name?.trim() || t("transcript.unnamed", { id: speaker.id }),
        colour: Math.min(index + 1, speakerColours),
      },
    ]),
  );
}
