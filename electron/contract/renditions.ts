// A meeting's summary in plain words and in other languages.
import { z } from "zod";
import { type Rendition, renditionKinds } from "../renditions.ts";
import { call, id } from "./call.ts";

const kind = z.enum(renditionKinds);

export const renditionCalls = {
  /** Those that may be seen now: where the meeting is masked, only those that were made masked. */
  "renditions.list": call<readonly Rendition[]>()(z.tuple([id])),
  /** By a language model, named by its id; takes minutes. In the place of an earlier one of its kind. */
  "renditions.make": call<Rendition>()(z.tuple([id, kind, z.string().min(1).max(200)])),
  "renditions.remove": call<null>()(z.tuple([id, kind])),
  /** Its text on the clipboard, with what must be known about it on top. */
  "renditions.copy": call<null>()(z.tuple([id, kind])),
} as const;
