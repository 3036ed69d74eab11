// Whom "du" means: by name, by who answers, by who spoke before. Null where it cannot be told. Runs anywhere.
import type { Person } from "./people.ts";
import type { Sentence, Split } from "../sentences/split.ts";

/** Per sentence, the person spoken to. */
export function findAddressees({ meetings, sentences }: Split): (Person | null)[] {
  const turns = new Map<number, Sentence[]>();
  for (const sentence of sentences) turns.set(sentence.turn, [...(turns.get(sentence.turn) ?? []), sentence]);
  const called = learnNames(sentences, turns);
  const heardMuch = whoSpeakMuch(sentences);
  return sentences.map((sentence) => {
    const heard = meetings[sentence.meeting]?.people ?? [];
    const others = heard.filter(({ id }) => id !== sentence.person?.id && heardMuch.has(id));
    if (others.length === 1) return others[0] ?? null;
    const near = (turn: number): Person | null => {
      const person = turns.get(turn)?.[0];
      return person === undefined || person.meeting !== sentence.meeting || person.person?.id === sentence.person?.id
        ? null
        : person.person;
    };
    const named = (turns.get(sentence.turn) ?? [sentence])
      .flatMap((one) => vocatives(one))
      .flatMap((name) => {
        const person =
          others.find(({ names }) => names.includes(name)) ?? others.find(({ id }) => id === called.get(name));
        return person === undefined ? [] : [person];
      });
    if (named[0] !== undefined && named.every((person) => person.id === named[0]?.id)) return named[0];
    const before = near(sentence.turn - 1);
    const after = near(sentence.turn + 1);
    if (sentence.isQuestion && sentence === turns.get(sentence.turn)?.at(-1)) return after;
    if (before !== null && before.id === after?.id) return before;
    if (before === null || after === null) return before ?? after;
    // A professional among several turns to the child or the client more than to those beside them.
    const central = [before, after].filter(({ side }) => side === "child" || side === "person");
    return sentence.person?.side === "professional" &&
      central.length === 1 &&
      heard.filter(({ side }) => side === "child" || side === "person").length === 1
      ? (central[0] ?? null)
      : null;
  });
}

/** Somebody who only puts a head round the door is not spoken to. */
function whoSpeakMuch(sentences: readonly Sentence[]): Set<string> {
  const words = new Map<string, number>();
  let total = 0;
  for (const { person, words: own } of sentences) {
    total += own.length;
    if (person !== null) words.set(person.id, (words.get(person.id) ?? 0) + own.length);
  }
  return new Set([...words].flatMap(([id, count]) => (count >= Math.min(25, total * 0.02) ? [id] : [])));
}

/** "Alva, …", "…, Hanna.": words with a capital, set off by commas. */
export function vocatives({ tokens }: Sentence): string[] {
  return tokens.flatMap(({ text, lower }, at) => {
    if (!/^\p{Lu}\p{Ll}{2,}$/u.test(text)) return [];
    const before = tokens[at - 1]?.text;
    const after = tokens[at + 1]?.text;
    const opens = before === undefined && after === ",";
    const closes = before === "," && (after === undefined || /^[,.?!]$/u.test(after));
    return opens || closes ? [lower] : [];
  });
}

/** Names learnt from the talk: whoever always answers to one. */
function learnNames(
  sentences: readonly Sentence[],
  turns: ReadonlyMap<number, readonly Sentence[]>,
): Map<string, string> {
  const votes = new Map<string, Set<string>>();
  for (const sentence of sentences)
    for (const name of vocatives(sentence)) {
      const next = turns.get(sentence.turn + 1)?.[0]?.person?.id;
      if (next !== undefined && next !== sentence.person?.id) votes.set(name, (votes.get(name) ?? new Set()).add(next));
    }
  return new Map([...votes].flatMap(([name, ids]) => (ids.size === 1 ? [[name, [...ids][0] ?? ""] as const] : [])));
}
