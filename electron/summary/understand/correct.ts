// Corrections: the last word holds. What was taken back is left out, what was changed is paired with its change, what
// one says and another denies is kept side by side. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import type { TimeExpression } from "../times/times.ts";
import { hasPhrase, leadingPhrase } from "../language/tokens.ts";
import type { Understood } from "./understand.ts";

export interface Corrections {
  /** Sentences that no longer hold, with the place of what replaced them. */
  readonly superseded: ReadonlyMap<number, number>;
  /** A statement and the denial or doubt that must go with it, by the place of the statement. */
  readonly contested: ReadonlyMap<number, readonly number[]>;
  /** A matter whose time was moved: the place of the matter → the place of what was settled. */
  readonly moved: ReadonlyMap<number, { readonly final: number; readonly between: readonly number[] }>;
  /** What somebody proposed or promised and another turned down → the place of the refusal. */
  readonly refused: ReadonlyMap<number, number>;
}

export function findCorrections(all: readonly Understood[], lexicon: Lexicon): Corrections {
  const stems = all.map(({ sentence }) => stemsOf(sentence, lexicon));
  const superseded = new Map<number, number>();
  const contested = new Map<number, number[]>();
  const moved = new Map<number, { final: number; between: number[] }>();
  const refused = new Map<number, number>();
  for (const at of all.keys()) {
    const refusal = refusalOf(all, at, lexicon);
    if (refusal !== null) {
      refused.set(at, refusal);
      contested.set(at, [refusal]);
    }
    takenBack(all, at, stems, superseded);
    bettered(all, at, superseded);
    cutShort(all, at, stems, superseded, lexicon);
    negatedPhrase(all, at, superseded, lexicon);
    denied(all, at, stems, superseded, contested, lexicon);
    deflated(all, at, contested);
  }
  for (const at of all.keys()) if (!superseded.has(at)) timeMoved(all, at, moved, superseded, lexicon);
  return { superseded, contested, moved, refused };
}

/** "Då byter vi skola." – "Det har vi inte bestämt.": where the next turn turns down what was proposed or promised. */
function refusalOf(all: readonly Understood[], at: number, { lists }: Lexicon): number | null {
  const one = all[at] as Understood;
  const { sentence } = one;
  if (!(one.commits || proposes.test(sentence.flat)) || one.past || one.negated || one.nextMeeting || one.isQuestion)
    return null;
  for (let after = at + 1; after < all.length && after <= at + 4; after += 1) {
    const reply = all[after] as Understood;
    if (reply.sentence.meeting !== sentence.meeting || reply.sentence.turn > sentence.turn + 1) return null;
    if (reply.sentence.turn === sentence.turn || reply.sentence.person?.id === sentence.person?.id) continue;
    if (reply.isQuestion || reply.accepts || reply.answer === "yes") return null;
    const refuses = hasPhrase(reply.sentence.flat, lists.refusals);
    if (refuses && reply.core.length <= 12) return after;
    if (reply.sentence.times.length > 0) return null;
  }
  return null;
}

const proposes = / (?:föreslår|borde|skulle vilja|vill att vi|önskar att vi|propose|suggest|should) /u;

const sharesStem = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.some((stem) => b.includes(stem));

/** "Ja förlåt, hon fyller på söndag": the speaker's own words on the same matter, just before, no longer hold. */
function takenBack(
  all: readonly Understood[],
  at: number,
  stems: readonly (readonly string[])[],
  superseded: Map<number, number>,
): void {
  const here = all[at] as Understood;
  if (!here.retracts || here.isQuestion || (stems[at]?.length ?? 0) === 0) return;
  const justSaid = all[at - 1];
  if (justSaid !== undefined && justSaid.sentence.turn === here.sentence.turn) {
    // "Jag ringer på tisdag. Nej förlåt, då är jag ledig."
    const points = / (?:då|den dagen|den tiden|then|that day) /u.test(here.sentence.flat);
    if (points && days(justSaid).length > 0) superseded.set(at - 1, at);
    return;
  }
  for (let before = at - 1; before >= 0 && before > at - 12; before -= 1) {
    const { sentence } = all[before] as Understood;
    if (sentence.turn < here.sentence.turn - 2 || sentence.meeting !== here.sentence.meeting) break;
    if (sentence.person?.id !== here.sentence.person?.id || sentence.turn === here.sentence.turn) continue;
    const between = all.slice(before + 1, at).flatMap((_, place) => stems[before + 1 + place] ?? []);
    if (sharesStem(stems[before], stems[at]) || sharesStem(stems[before], between) || hasNumber(stems[before]))
      superseded.set(before, at);
  }
}

/** "Tolv noll fyra. Nej, tolv och sju.": of two fragments in one breath the second holds. */
function bettered(all: readonly Understood[], at: number, superseded: Map<number, number>): void {
  const here = all[at] as Understood;
  const before = all[at - 1];
  if (before === undefined || before.sentence.turn !== here.sentence.turn || here.answer !== "no") return;
  const says = ({ sentence }: Understood): boolean =>
    sentence.words.some((word) => word.length > 3) || sentence.words.length > 2;
  if (!before.hasVerb && before.answer === null && before.core.length <= 5 && says(here)) superseded.set(at - 1, at);
}

const hasNumber = (stems: readonly string[] = []): boolean => stems.some((stem) => /\p{N}/u.test(stem));

/** "Fyra minuter var framkörningen, eller, vänta. Framkörningen var sju.": broken off, and said anew in the next sentence. */
function cutShort(
  all: readonly Understood[],
  at: number,
  stems: readonly (readonly string[])[],
  superseded: Map<number, number>,
  { lists }: Lexicon,
): void {
  const { sentence } = all[at] as Understood;
  const next = all[at + 1];
  if (next === undefined || next.sentence.person?.id !== sentence.person?.id) return;
  const last = [sentence.words.slice(-1), sentence.words.slice(-2)].map((words) => words.join(" "));
  if (
    sentence.words.length > 3 &&
    last.some((phrase) => lists.pauses.has(phrase)) &&
    sharesStem(stems[at], stems[at + 1])
  )
    superseded.set(at, at + 1);
}

/** "… till ditt konto, inte till hyresvärden": an earlier "till hyresvärden" no longer holds. */
function negatedPhrase(
  all: readonly Understood[],
  at: number,
  superseded: Map<number, number>,
  { lists, language }: Lexicon,
): void {
  const here = all[at] as Understood;
  const not = language === "sv" ? "inte" : "not";
  const { words } = here.sentence;
  for (const [place, word] of words.entries()) {
    if (word !== not || !lists.prepositions.has(words[place + 1] ?? "")) continue;
    const phrase = ` ${words[place + 1] ?? ""} ${words[place + 2] ?? ""} `;
    if (lists.stop.has(words[place + 2] ?? "") || words[place + 2] === undefined) continue;
    for (let before = at - 1; before >= 0 && before > at - 16; before -= 1) {
      const earlier = all[before] as Understood;
      if (earlier.sentence.meeting !== here.sentence.meeting) break;
      if (earlier.sentence.flat.includes(phrase) && !earlier.negated && !earlier.isQuestion) superseded.set(before, at);
    }
  }
}

/** "Nej, trycket var bra": what another just stated is denied; both are kept, together. A doubt that is answered "nej" takes the statement back. */
function denied(
  all: readonly Understood[],
  at: number,
  stems: readonly (readonly string[])[],
  superseded: Map<number, number>,
  contested: Map<number, number[]>,
  { lists, language }: Lexicon,
): void {
  const here = all[at] as Understood;
  const { sentence } = here;
  const before = at - 1;
  const claim = all[before];
  if (claim === undefined || claim.sentence.meeting !== sentence.meeting) return;
  const opensNo = lists.no.has(sentence.words[0] ?? "") && (language !== "sv" || sentence.words[0] !== "inte");
  if (!opensNo || claim.sentence.turn === sentence.turn || here.answer !== "no") return;
  if (claim.isQuestion) {
    const first = all.findLastIndex(
      (one, place) =>
        place < before && one.sentence.turn < claim.sentence.turn && one.sentence.turn >= claim.sentence.turn - 1,
    );
    const doubted = all[first];
    const echoes =
      doubted !== undefined &&
      !doubted.isQuestion &&
      doubted.sentence.person?.id === sentence.person?.id &&
      !claim.isPolar;
    for (let place = first; echoes && place >= 0 && all[place]?.sentence.turn === doubted.sentence.turn; place -= 1)
      if (
        sharesStem(
          (stems[place] ?? []).filter((stem) => /\p{N}/u.test(stem)),
          stems[before],
        )
      )
        superseded.set(place, at);
    return;
  }
  // "Jag kan prata med dem." – "Nej, vänta med det.": an offer that was turned down is no plan.
  if (claim.commits && !here.accepts && here.core.length <= 8) superseded.set(before, at);
  if (here.accepts || claim.negated || (stems[before]?.length ?? 0) < 2) return;
  // "Nej" may only agree or pass on: a denial takes the matter up again.
  const following: string[] = [];
  for (let place = at; all[place]?.sentence.turn === sentence.turn; place += 1) following.push(...(stems[place] ?? []));
  if (!sharesStem(stems[before], following)) return;
  const places = [at, at + 1].filter(
    (place) => all[place]?.sentence.turn === sentence.turn && (stems[place]?.length ?? 0) > 0,
  );
  if (places.length > 0) contested.set(before, places);
}

/** "Det vet vi alltså inte", "bara prat": the doubt goes with what it doubts. */
function deflated(all: readonly Understood[], at: number, contested: Map<number, number[]>): void {
  const here = all[at] as Understood;
  if (!here.deflates || here.isQuestion) return;
  for (let before = at - 1; before >= 0 && before > at - 7; before -= 1) {
    const claim = all[before] as Understood;
    if (claim.sentence.turn < here.sentence.turn - 1 || claim.sentence.meeting !== here.sentence.meeting) return;
    if (claim.isQuestion || claim.deflates) continue;
    if (!claim.hearsay && claim.sentence.turn === here.sentence.turn) continue;
    if (claim.hearsay || before === at - 1) {
      contested.set(before, [...(contested.get(before) ?? []), at]);
      return;
    }
  }
}

const sameTime = (a: TimeExpression, b: TimeExpression): boolean =>
  (a.weekday !== null && a.weekday === b.weekday) || (a.due !== null && a.due === b.due);
const days = ({ sentence }: Understood): readonly TimeExpression[] =>
  sentence.times.filter(({ kind, past }) => kind !== "clock" && !past);

/** The longest of the phrases that the sentence begins with; "" if it begins with none. */
const openingOf = ({ sentence: { words } }: Understood, phrases: ReadonlySet<string>): string =>
  leadingPhrase(words, phrases) ?? "";

/** A time that was proposed, met an objection and was moved: the matter, and what was settled in the end. */
function timeMoved(
  all: readonly Understood[],
  at: number,
  moved: Map<number, { final: number; between: number[] }>,
  superseded: Map<number, number>,
  { lists }: Lexicon,
): void {
  const here = all[at] as Understood;
  const proposed = days(here).find((time) => time.weekday !== null || time.due !== null);
  if (proposed === undefined || here.past) return;
  let objection = -1;
  let final = -1;
  const between: number[] = [];
  for (let after = at + 1; after < all.length && after < at + 12; after += 1) {
    const later = all[after] as Understood;
    if (later.sentence.turn > here.sentence.turn + 6 || later.sentence.meeting !== here.sentence.meeting) break;
    const times = days(later);
    const again = times.some((time) => sameTime(time, proposed));
    const other = times.some((time) => !sameTime(time, proposed) && (time.weekday !== null || time.due !== null));
    const objects = hasPhrase(later.sentence.flat, lists.objections) || later.answer === "no";
    if (objection < 0) {
      // "… den nionde. Eller, vänta, då har jag utbildning.": the speaker thinks again, in the same breath.
      const thinksAgain =
        later.sentence.turn === here.sentence.turn && lists.pauses.has(openingOf(later, lists.pauses));
      if ((again && objects && later.sentence.person?.id !== here.sentence.person?.id) || thinksAgain) {
        objection = after;
        between.push(after);
      } else if (other) return;
      continue;
    }
    if (final >= 0 && (later.sentence.turn > (all[final] as Understood).sentence.turn + 1 || (later.accepts && !other)))
      break;
    // Once settled, a longer sentence with a time is about something else.
    if (final >= 0 && later.hasVerb && later.core.length > 8 && !objects) continue;
    if (other && !again && !(later.requests && !later.decides && later.core.length > 3)) {
      if (final >= 0) between.push(final);
      final = after;
    }
  }
  if (final < 0) return;
  // A time that was only asked about holds when somebody said yes to it.
  const settled = all[final] as Understood;
  const accepted = all
    .slice(final + 1, final + 5)
    .some(
      (one) =>
        one.sentence.turn > settled.sentence.turn && one.sentence.turn <= settled.sentence.turn + 2 && one.accepts,
    );
  if (settled.isQuestion && !accepted) return;
  moved.set(at, { final, between });
  for (const place of between) superseded.set(place, final);
}
