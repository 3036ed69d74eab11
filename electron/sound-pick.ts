// Which of a file's sound is heard. A value: used in every process.
import { z } from "zod";

export const soundPickSchema = z.object({
  /** The file's sound tracks, counted from 0. */
  track: z.number().int().min(0).max(99),
  /** "split": two channels are two people, each with a microphone of their own, as telephone recorders keep them. */
  channels: z.enum(["mixed", "split"]),
});
export type SoundPick = Readonly<z.infer<typeof soundPickSchema>>;

export const firstTrack: SoundPick = { track: 0, channels: "mixed" };

/** The channels that are heard by themselves; undefined for all of them together. */
export const channelsOf = ({ channels }: Pick<SoundPick, "channels">): readonly (number | undefined)[] =>
  channels === "split" ? [0, 1] : [undefined];

/** A sound track as its file describes it. */
export interface SoundTrack {
  readonly channels: number;
  /** As the file names it ("swe"); null where it does not. */
  readonly language: string | null;
  readonly title: string | null;
}
