// Moving house: meetings into an encrypted package and out of one, and files that the system hands over to be opened.
import { z } from "zod";
import type { ErrorData } from "../errors.ts";
import { call, id, path } from "./call.ts";
import type { TemplateImport } from "./templates.ts";

const passphrase = z.string().min(1).max(1000);

export interface MadePackage {
  /** Without its folder. */
  readonly file: string;
  readonly meetings: number;
  /** Recordings that run, or that something is yet to be struck from. */
  readonly stayed: number;
  readonly withoutSound: number;
}

/** A file that somebody opened, before anything of it is taken in. `file` is its name without its folder. */
export type OpenedFile =
  | { readonly kind: "template"; readonly file: string; readonly title: string; readonly headings: number }
  | {
      readonly kind: "package";
      readonly file: string;
      readonly what: "all" | "meeting";
      /** ISO 8601. */
      readonly createdAt: string;
    }
  /** It cannot be taken in, and why. */
  | { readonly kind: "refused"; readonly file: string; readonly error: ErrorData };

export type TakenIn =
  | ({ readonly kind: "template" } & TemplateImport)
  | {
      readonly kind: "package";
      readonly meetings: number;
      /** Were here already, and are as they were. */
      readonly here: number;
      readonly withoutSound: number;
      /** Had been deleted here. */
      readonly deletedBefore: number;
    };

/** A package that is being made or taken in. */
export interface MovingState {
  readonly way: "make" | "take-in";
  /** 0 to 1. */
  readonly fraction: number;
}

export const packageCalls = {
  /** Of one meeting, or (null) of everything. Asks where; answers null if the person thought better of it. */
  "package.make": call<MadePackage | null>()(z.tuple([id.nullable(), passphrase])),
  /** Opens a file dialog; what was chosen is then in the snapshot `opened`. */
  "package.choose": call<null>()(z.tuple([])),
  /** What is being made is thrown away; what is being taken in stops after the meeting it is at. */
  "package.cancel": call<null>()(z.tuple([])),
  /** The same for one that was dropped on the window. */
  "opened.show": call<null>()(z.tuple([path])),
  /** Takes in what is in `opened`; a package by its passphrase. */
  "opened.takeIn": call<TakenIn>()(z.tuple([passphrase.nullable()])),
  /** It stays as it is, and is not shown any more. */
  "opened.leave": call<null>()(z.tuple([])),
} as const;
