// Files that come in, and what becomes of them.
import { z } from "zod";
import { soundPickSchema } from "../sound-pick.ts";
import type { Job, Meeting, Original } from "../store/types.ts";
import { call, id, path } from "./call.ts";

/** What a person chose or dropped, with folders opened. */
export interface FolderListing {
  /** Those that the person named first as they stand, those of a folder sorted by name. */
  readonly files: readonly string[];
  /** What folders hold that is hidden, a link, or no sound or transcript by its ending. */
  readonly leftOut: number;
  /** Folders that could not be opened. */
  readonly closed: number;
  /** True where a folder held more than is taken in at once. */
  readonly more: boolean;
}

/** A file that a meeting was made of and that still lies on the machine, readable by anybody. */
export interface OriginalFile extends Pick<Original, "verified" | "stays" | "sound"> {
  readonly meetingId: string;
  /** Without its folder. */
  readonly file: string;
}

/** The meeting that a file became, or the one that it was before. */
export interface Imported extends Meeting {
  /** Set where the file was taken in before: nothing new was made of it. */
  readonly wasThere?: { readonly path: string };
}

export const fileCalls = {
  /** Opens the file dialog; answers the meetings that were made, none if the person thought better of it. */
  "import.choose": call<readonly Imported[]>()(z.tuple([])),
  /** Opens a folder dialog; answers its path, or null. */
  "import.chooseFolder": call<string | null>()(z.tuple([])),
  /** The files to take in of what was chosen or dropped: files as they are, folders opened. Takes nothing in yet. */
  "import.list": call<FolderListing>()(z.tuple([z.array(path).min(1).max(500)])),
  /** Sound, video or transcripts by path (dropped on the window). */
  "import.files": call<readonly Imported[]>()(z.tuple([z.array(path).min(1).max(500)])),
  /** The same for files that were taken in before, and are to be once more. */
  "import.again": call<readonly Imported[]>()(z.tuple([z.array(path).min(1).max(500)])),

  /** Puts originals in the bin. Answers the meetings whose file stays: it was changed since, or the system refuses. */
  "originals.remove": call<readonly string[]>()(z.tuple([z.array(id).min(1).max(10_000)])),
  /** They stay where they are, and nobody asks again. */
  "originals.keep": call<null>()(z.tuple([z.array(id).min(1).max(10_000)])),
  /** Takes a meeting's original in anew, by another choice of its sound. */
  "originals.pick": call<Job>()(z.tuple([id, soundPickSchema])),

  /** Opens a folder dialog; what comes there from now on is taken in. Answers how many files lie there already, or null. */
  "watched.choose": call<number | null>()(z.tuple([])),
  /** Takes in what lay there already, too. */
  "watched.takeAll": call<null>()(z.tuple([])),
  "watched.stop": call<null>()(z.tuple([])),
} as const;
