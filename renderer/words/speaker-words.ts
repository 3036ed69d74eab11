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

/** Every speaker of the transcript by id, in its order. One without a name is called by role, where that is known. */
export function speakerWords(transcript: Transcript, t: Translate): ReadonlyMap<string, SpeakerWords> {
  const roles = new Map<string, string>();
  const nameless = transcript.speakers.filter(({ name, role }) => !name?.trim() && role?.trim());
  for (const { id, role = "" } of nameless) {
    const same = nameless.filter((other) => other.role?.trim() === role.trim());
    const word = role.trim().replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
    roles.set(id, same.length === 1 ? word : `${word} ${String(same.findIndex((other) => other.id === id) + 1)}`);
  }
  return new Map(
    transcript.speakers.map((speaker, index) => [
      speaker.id,
      {
        speaker,
        name: speaker.name?.trim() || (roles.get(speaker.id) ?? t("transcript.unnamed", { id: speaker.id })),
        colour: Math.min(index + 1, speakerColours),
      },
    ]),
  );
}
