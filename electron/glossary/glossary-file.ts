// Glossaries as files (glossary/1): read, merged and written. Runs anywhere under Node.
import { LyssnaError } from "../errors.ts";
import { fieldName } from "../field-name.ts";
import { type Glossary, glossarySchema, type Term } from "../formats.ts";
import { readBounded } from "../read-bounded.ts";
import type { Reason } from "../reasons.ts";
import { fold } from "./tokens.ts";

/** 20,000 terms with their mishearings and notes are far below this. */
const limitBytes = 8 * 1024 * 1024;

/** Throws file-not-found, file-unreadable, file-empty or glossary-invalid. Terms that mean the same are one. */
export async function readGlossary(path: string): Promise<Glossary> {
  const file = path.split(/[\\/]/u).at(-1) ?? path;
  const invalid = (reason: Reason, details: Readonly<Record<string, string>> = {}) =>
    new LyssnaError("glossary-invalid", { file, reason, ...details });
  const bytes = await readBounded(path, limitBytes, invalid("too-large"));
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid("not-json");
  }
  const parsed = glossarySchema.safeParse(withIds(json));
  if (!parsed.success) {
    const wrong = parsed.error.issues[0]?.path ?? [];
    if (wrong.length === 0 || wrong[0] === "lyssna") throw invalid("not-a-glossary");
    throw invalid("field-wrong", { field: fieldName(wrong) });
  }
  return { ...parsed.data, terms: [...mergeTerms([], parsed.data.terms).terms] };
}

/** A list that a person wrote by hand needs no ids. */
function withIds(json: unknown): unknown {
  if (typeof json !== "object" || json === null || !("terms" in json) || !Array.isArray(json.terms)) return json;
  const terms = json.terms.map((term: unknown, at) =>
    typeof term === "object" && term !== null && !("id" in term) ? { id: `t${at + 1}`, ...term } : term,
  );
  return { ...json, terms };
}

export interface Merged {
  readonly terms: readonly Term[];
  /** Terms that were not there. */
  readonly added: readonly Term[];
  /** Terms that were there and got something new: a mishearing or a note. */
  readonly changed: readonly Term[];
}

/** Two terms are the same when they are written the same, capitals and all, whatever their ids. */
export const termKey = (term: Pick<Term, "text">): string => term.text.normalize("NFC").trim().replace(/\s+/gu, " ");

const mostMishearings = 50;

/** Own terms stay as they are; of the other list they take what they lack. Ids are kept unique. */
export function mergeTerms(own: readonly Term[], others: readonly Term[]): Merged {
  const terms = new Map(own.map((term) => [termKey(term), term]));
  const ids = new Set(own.map(({ id }) => id));
  const [added, changed] = [new Set<string>(), new Set<string>()];
  for (const other of others) {
    const key = termKey(other);
    const known = terms.get(key);
    if (known === undefined) {
      const id = freeId(other.id, ids);
      ids.add(id);
      terms.set(key, { ...other, id, text: key });
      added.add(key);
      continue;
    }
    const joined = join(known, other);
    if (joined === known) continue;
    terms.set(key, joined);
    if (!added.has(key)) changed.add(key);
  }
  const pick = (keys: ReadonlySet<string>) => [...terms].filter(([key]) => keys.has(key)).map(([, term]) => term);
  return { terms: [...terms.values()], added: pick(added), changed: pick(changed) };
}

function join(known: Term, other: Term): Term {
  const heard = known.soundsLike ?? [];
  const folded = new Set(heard.map(fold));
  const fresh = (other.soundsLike ?? []).filter((text) => !folded.has(fold(text)));
  const note = known.note === undefined || known.note === "" ? other.note : known.note;
  if (fresh.length === 0 && note === known.note) return known;
  return {
    ...known,
    ...(fresh.length === 0 ? {} : { soundsLike: [...new Set([...heard, ...fresh])].slice(0, mostMishearings) }),
    ...(note === undefined ? {} : { note }),
  };
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted.slice(0, 56)}-${number}`;
  return id;
}

/** A glossary as bytes of a file that people can read: terms by their spelling, one field a line. */
export function glossaryBytes(terms: readonly Term[], title?: string): Uint8Array {
  const sorted = terms.toSorted((one, other) => one.text.localeCompare(other.text, "sv"));
  const glossary: Glossary = { lyssna: "glossary/1", ...(title === undefined ? {} : { title }), terms: sorted };
  return new TextEncoder().encode(`${JSON.stringify(glossary, null, 2)}\n`);
}
