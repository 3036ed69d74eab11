// Whether two facts on one thing can both hold. Where they may, they do. Runs in a worker thread or under plain Node.
import type { ConflictWords } from "./conflict-words.ts";
import type { Fact, FactValue } from "./facts.ts";

/** True only where one of the two must be wrong. Both must have the same frame and kind of value. */
export function cannotBothHold(a: Fact, b: Fact, words: ConflictWords): boolean {
  if (a.past !== b.past) return false;
  const apart = a.said.sentence.meeting !== b.said.sentence.meeting;
  const [one, other] = [a.value, b.value];
  if (one.kind === "number" && other.kind === "number")
    return numbersDiffer(one, other, apart) && isOneNumber(a, words, apart) && isOneNumber(b, words, apart);
  if (one.kind === "day" && other.kind === "day")
    return daysDiffer(one, other, apart) && happensOnce(a, words, apart) && happensOnce(b, words, apart);
  if (one.kind === "clock" && other.kind === "clock")
    return clocksDiffer(one, other) && happensOnce(a, words, apart) && happensOnce(b, words, apart);
  if (one.kind === "place" && other.kind === "place") return placesDiffer(one, other, words);
  if (one.kind === "who" && other.kind === "who")
    return one.class === other.class && one.name !== other.name && (!apart || a.past);
  // What was not yet done may be done by the next meeting.
  if (one.kind === "truth" && other.kind === "truth")
    return one.holds !== other.holds && a.verb === b.verb && (!apart || (a.past && a.owner === ""));
  return false;
}

type Of<Kind extends FactValue["kind"]> = Extract<FactValue, { kind: Kind }>;

function numbersDiffer(a: Of<"number">, b: Of<"number">, apart: boolean): boolean {
  const units = a.unit === b.unit || a.unit === "" || b.unit === "";
  const periods = a.period === b.period || a.period === "" || b.period === "";
  if (!units || !periods || a.value === b.value || isRounded(a.value, b.value) || isRounded(b.value, a.value))
    return false;
  // A birthday may lie between two meetings.
  return !(apart && (a.unit === "år" || b.unit === "år") && Math.abs(a.value - b.value) <= 1);
}

/** "sju tusen" for 6 800: one figure is the other, told in fewer digits. */
function isRounded(round: number, exact: number): boolean {
  if (!Number.isInteger(round) || round < 10) return Number.isInteger(round) && Math.round(exact) === round;
  const step = 10 ** (/0*$/u.exec(String(round))?.[0].length ?? 0);
  return step > 1 && Math.round(exact / step) * step === round && exact % step !== 0;
}

/**
 * A number that a thing has one of: a rent, an age. What is done several times (a payment, a search for work) may
 * have several; what changes from month to month is not held against the month before.
 */
function isOneNumber({ past, verb, value, words: said }: Fact, words: ConflictWords, apart: boolean): boolean {
  if (value.kind !== "number") return false;
  const light = words.light.has(verb);
  if (past && !light && !words.once.has(verb)) return false;
  if (!apart) return true;
  return light && said.some((word) => words.stable.has(word)) && !said.some((word) => words.changing.has(word));
}

function daysDiffer(a: Of<"day">, b: Of<"day">, apart: boolean): boolean {
  if (a.due !== null && b.due !== null) return a.due !== b.due;
  return !apart && a.weekday !== null && b.weekday !== null && a.weekday !== b.weekday;
}

/** Two o'clock may be fourteen, and "klockan två" may be some minutes past. */
function clocksDiffer(a: Of<"clock">, b: Of<"clock">): boolean {
  if (a.hour % 12 !== b.hour % 12) return true;
  return a.minute !== b.minute && a.minute > 0 && b.minute > 0;
}

/** A thing that begins or happens once; a meeting or a lesson comes back from week to week. */
function happensOnce({ verb, past, words: said }: Fact, words: ConflictWords, apart: boolean): boolean {
  if (!words.light.has(verb) && !words.once.has(verb)) return false;
  return !apart || (past && !said.some((word) => words.changing.has(word)));
}

const placesDiffer = (a: Of<"place">, b: Of<"place">, { areas }: ConflictWords): boolean =>
  a.street === b.street && a.name !== b.name && !areas.has(a.name) && !areas.has(b.name);
