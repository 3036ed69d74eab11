// What a sentence is: a question, an answer, a promise, a decision, a worry, small talk. Cues from the lexicon, judged by
// rule. Runs anywhere.
import { findAddressees } from "./addressee.ts";
import { findAmendments } from "./amend.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "./people.ts";
import type { Sentence, Split } from "../sentences/split.ts";
import { flatten, hasBeginning, hasPhrase, leadingPhrase, lowerWords, tokenise } from "../language/tokens.ts";

export interface Understood {
  readonly sentence: Sentence;
  /** Whom "du" means. */
  readonly addressee: Person | null;
  /** The words after "ja men alltså" and the like. */
  readonly core: readonly string[];
  /** How many word tokens were passed over to reach the core. */
  readonly skipped: number;
  readonly isQuestion: boolean;
  /** A question that yes or no answers. */
  readonly isPolar: boolean;
  /** What the sentence opens with, when it answers. */
  readonly answer: "yes" | "no" | null;
  readonly accepts: boolean;
  readonly hasVerb: boolean;
  /** "Tog fyrtio sekunder.": a statement without a subject. */
  readonly opensWithVerb: boolean;
  readonly negated: boolean;
  readonly hedged: boolean;
  readonly figures: number;
  /** "jag skickar", "jag ska ringa": something the speaker will do. */
  readonly commits: boolean;
  /** "skicka den", "kan du ringa", "du får skriva": something another is to do. */
  readonly requests: boolean;
  readonly decides: boolean;
  readonly worries: boolean;
  readonly feels: boolean;
  readonly wishes: boolean;
  /** "Det svåra är …", "anledningen är …": says what something is about. */
  readonly names: boolean;
  readonly praises: boolean;
  readonly hearsay: boolean;
  readonly deflates: boolean;
  readonly retracts: boolean;
  readonly habit: boolean;
  readonly nextMeeting: boolean;
  readonly smalltalk: boolean;
  readonly joke: boolean;
  readonly meta: boolean;
  readonly past: boolean;
  /** "Säg inte till mamma": is not to be told further. */
  readonly forbids: boolean;
  /** Has put another sentence right, or accepted that: there is nothing more in it. */
  readonly spent: boolean;
}

export function understand(split: Split, lexicon: Lexicon): Understood[] {
  const addressees = findAddressees(split);
  const all = split.sentences.map((sentence, at) => understandOne(sentence, addressees[at] ?? null, lexicon));
  for (const { at, sentence, spent } of findAmendments(all, lexicon)) {
    all[at] = understandOne(sentence, addressees[at] ?? null, lexicon);
    for (const place of spent) all[place] = { ...(all[place] as Understood), spent: true };
  }
  return all;
}

function understandOne(sentence: Sentence, addressee: Person | null, lexicon: Lexicon): Understood {
  const { lists, verbs, language } = lexicon;
  const { flat, words } = sentence;
  const skipped = openerLength(words, lexicon);
  const core = words.slice(skipped);
  const coreFlat = flatten(core);
  const has = (list: keyof typeof lists): boolean => hasPhrase(flat, lists[list]);
  const first = words.slice(0, 5);
  const no = leadingPhrase(first, lists.no) !== null;
  const yes = !no && leadingPhrase(first, lists.yes) !== null;
  const wavers =
    /^ (?:nej|nä|ja|jo|no|yes|well) (?:det är bra |eh )?(?:eller|or)\b/u.test(flat) ||
    / (?:eller|or) (?:jo|nej|ja|no|yes) /u.test(flat);
  const hasVerb = core.some((word) => verbs.finite.has(word));
  const isPolar = sentence.isQuestion && !lists.questionWords.has(core[0] ?? "") && hasVerb;
  const past = core.slice(0, 6).some((word) => verbs.past.has(word)) || sentence.times.some((time) => time.past);
  const habit = has("habits") || frequency[language].test(flat);
  const smalltalk = has("smalltalk") && core.length <= 12;
  return {
    sentence,
    addressee,
    core,
    skipped,
    isQuestion: sentence.isQuestion,
    isPolar,
    answer: wavers ? null : no ? "no" : yes ? "yes" : null,
    accepts: !sentence.isQuestion && leadingPhrase(first, lists.accept) !== null,
    hasVerb,
    opensWithVerb:
      !sentence.isQuestion &&
      language === "sv" &&
      verbs.finite.has(core[0] ?? "") &&
      !/^(?:jag|du|vi|ni|han|hon|hen|de|dom|man|det|den)$/u.test(core[1] ?? ""),
    negated: has("negations"),
    hedged: has("hedges"),
    figures: sentence.tokens.filter(({ text }) => /\p{N}/u.test(text)).length + numberWords(words, language),
    commits: !sentence.isQuestion && !habit && commits(core, coreFlat, lexicon),
    requests:
      (!has("negations") || /^(?:glöm|don't)$/u.test(core[0] ?? "")) &&
      requests(core, coreFlat, sentence.isQuestion, past, lexicon),
    decides: decides(flat, past, lexicon) && !sentence.isQuestion && !reported(core, lexicon),
    worries: has("concerns"),
    feels: [...lists.feelings].some((word) => hasBeginning(flat, word)),
    wishes: has("wishes"),
    names: has("topicCues"),
    praises: has("strengths"),
    hearsay: has("hearsay") || reported(core, lexicon),
    deflates: hasPhraseBeginning(flat, lists.deflations),
    retracts:
      leadingPhrase(first, lists.retractions) !== null ||
      hasPhrase(flat, ["fel av mig", "jag sa fel", "my mistake", "i misspoke"]),
    habit,
    nextMeeting: nextMeeting(flat, sentence, lexicon),
    smalltalk,
    joke: hasPhrase(flatten(lowerWords(tokenise(sentence.spoken))), lists.jokes),
    meta: has("meta") && core.length <= 9,
    past,
    forbids: !sentence.isQuestion && forbids[language].test(flat),
    spent: false,
  };
}

/** "Två gånger i veckan": how often, not when. */
const frequency = {
  sv: / (?:gång|gånger) (?:i|per|om) (?:veckan?|månad(?:en)?|dag(?:en)?|dygn(?:et)?|år(?:et)?) /u,
  en: / (?:once|twice|times) (?:a|per|every) (?:week|month|day|year) /u,
} as const;

const forbids = {
  sv: / (?:säg|berätta|skriv) (?:det )?inte | (?:får|ska|kan) (?:du |ni )?inte (?:säga|berätta|veta|skriva) | ingen får veta | lova att inte | vill inte att (?:de|dom|hon|han|mamma|pappa|någon|nån) ska (?:få )?veta /u,
  en: / (?:don't|do not|can't|mustn't) (?:tell|say|write) | nobody (?:can|must|should) know | promise not to | don't want (?:them|him|her|anyone) to know /u,
} as const;

/** A decision of this talk: not one that was made earlier, and not one that is still to be made. */
function decides(flat: string, past: boolean, { lists }: Lexicon): boolean {
  const earlier = past && / (?:förra|sist|i morse|tidigare|redan|last|yesterday|earlier) /u.test(flat);
  const open =
    / (?:inte|inget|not|n't|hasn't|haven't) (?:been |är |var )?(?:bestämt|beslutat|beslut|klart|decided|decision) /u.test(
      flat,
    );
  if (earlier || open) return false;
  // "Då evakuerar vi inte."
  return hasPhrase(flat, lists.decisionCues) || notes.test(flat) || /^ (?:okej )?då \p{L}+r vi inte /u.test(flat);
}

const hasPhraseBeginning = (flat: string, phrases: ReadonlySet<string>): boolean =>
  [...phrases].some((phrase) => flat.includes(` ${phrase}`));

/** Words at the start that carry nothing by themselves; at least one word is left. */
export function openerLength(words: readonly string[], { lists }: Lexicon): number {
  let at = 0;
  while (at < words.length - 1) {
    const phrase = leadingPhrase(words.slice(at, at + 5), lists.openers);
    if (phrase === null) break;
    const length = phrase.split(" ").length;
    if (at + length >= words.length) break;
    at += length;
  }
  return at;
}

const small: Readonly<Record<string, RegExp>> = {
  sv: /^(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|halv|halva|hälften|dubbelt|första|sista)$/u,
  en: /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|double|first|last)$/u,
};
const numberWords = (words: readonly string[], language: string): number =>
  words.filter((word) => small[language]?.test(word)).length;

const self: Readonly<Record<string, ReadonlySet<string>>> = {
  sv: new Set(["jag", "vi"]),
  en: new Set(["i", "we", "i'll", "we'll", "let's"]),
};
const will: Readonly<Record<string, ReadonlySet<string>>> = {
  sv: new Set(["ska", "skall", "kan", "får", "lovar", "kommer"]),
  en: new Set(["will", "shall", "can", "i'll", "we'll", "promise", "going"]),
};

/** "Jag skriver att ni …": the professional's own note, not something to be done. */
const notes =
  / (?:jag (?:skriver|noterar|antecknar) att|(?:skriver|noterar|antecknar) jag att|jag noterar|noterar jag|(?:jag|vi) ser att|ser (?:jag|vi) att) /u;

/** "I dag pratar vi om …": what the meeting is about, not something to be done after it. */
const agenda =
  /^ (?:(?:i dag|idag|nu|i eftermiddag|today|now) .*(?:pratar|talar|diskuterar|går igenom|tar upp|talk|discuss)|(?:vi|we) (?:ska |kommer att |will |are going to )?(?:pratar?|talar?|diskuterar?|går igenom|gå igenom|talk|discuss) .* (?:i dag|idag|nu|today|now)) /u;

/** The speaker, as subject, with a verb of doing in the present or after "ska", "kan", "kommer att". */
function commits(core: readonly string[], flat: string, { lists, verbs, language }: Lexicon): boolean {
  const subjects = self[language] as ReadonlySet<string>;
  // "Jag köper det": only agrees.
  if (/ (?:köper (?:jag )?det|är med på det|hör dig) /u.test(flat)) return false;
  // "Det tar vi med oss": a lesson, not something to be done.
  if (/ (?:tar|ta) (?:jag |vi )?med (?:oss|mig) /u.test(flat)) return false;
  if (/ (?:tar på mig|åtar mig|tar jag|tar vi|i take on) /u.test(flat)) return true;
  if (/ (?:jag|vi) (?:(?:får|ska|kan|tänker) )?(?:tar?|lyfter|lyfta) upp (?:det|detta|frågan|saken|den) /u.test(flat))
    return true;
  const at = core.findIndex((word) => subjects.has(word));
  if (at < 0 || at > 6) return false;
  if (at > 0 && lists.subordinators.has(core[at - 1] ?? "") && !verbs.finite.has(core[at - 1] ?? "")) return false;
  const does = (words: readonly string[]): boolean =>
    words.some(
      (word, place) =>
        (lists.actionVerbs.has(word) && !lists.stop.has(word)) ||
        lists.promises.has([word, ...words.slice(place + 1, place + 2)].join(" ")) ||
        lists.promises.has([word, ...words.slice(place + 1, place + 3)].join(" ")),
    );
  // "I'll write to the council."
  if ((core[at] ?? "").endsWith("'ll")) {
    const next = core.slice(at + 1, at + 7);
    return !next.some((word) => lists.negations.has(word)) && does(next);
  }
  // "skickar jag" and "jag skickar": the verb stands on either side.
  const near = [core[at - 1] ?? "", ...core.slice(at + 1, at + 6)];
  const finiteAt = near.findIndex((word) => verbs.finite.has(word));
  if (finiteAt < 0) return false;
  const finite = near[finiteAt] ?? "";
  const verb = verbs.finite.get(finite);
  if (verb === undefined || (finite === verb.past && finite !== verb.present)) return false;
  if (near.some((word) => lists.negations.has(word))) return false;
  if (agenda.test(flat)) return false;
  if ((will[language] as ReadonlySet<string>).has(finite))
    return (
      does(core.slice(at, at + 9)) ||
      /(?:ska|kan) (?:jag|vi) (?:göra|ta)|(?:jag|vi) (?:ska|kan) (?:göra|ta)/u.test(flat)
    );
  return language === "sv" && lists.actionVerbs.has(verb.infinitive) && !notes.test(flat);
}

function requests(
  core: readonly string[],
  flat: string,
  isQuestion: boolean,
  past: boolean,
  { lists, verbs, language }: Lexicon,
): boolean {
  // "Vill du berätta …?" asks for words, not for deeds.
  if (/ (?:berätta|beskriva|förklara|tell me|describe|explain) /u.test(flat) && isQuestion) return false;
  const first = core[0] ?? "";
  const imperative = verbs.imperatives.get(first);
  const commands =
    imperative !== undefined &&
    lists.actionVerbs.has(imperative.infinitive) &&
    core.length >= 2 &&
    (!verbs.finite.has(first) ||
      (imperative.present === first && /^(?:den|det)$/u.test(core[1] ?? "") && core.length <= 3)) &&
    !/^(?:jag|vi|du|ni|han|hon|hen|de|i|we|you|he|she|they|is|was)$/u.test(core[1] ?? "");
  if (commands) return !isQuestion;
  // "Please do.": says yes to what another offered.
  if (past || core.length <= 2) return false;
  // "Tar du det?": whatever "det" is.
  if (
    language === "sv" &&
    isQuestion &&
    /^ (?:tar|fixar|ordnar|gör|kollar|löser) (?:du|ni) (?:det|den|dem|de) /u.test(flat)
  )
    return true;
  if (!asksFor(core, lists)) {
    // "Rapporten skriver du, Pontus"; "ni läser och godkänner".
    const at = core.findIndex((word) => word === "du" || word === "ni");
    if (language !== "sv" || isQuestion || at < 0 || at > 5) return false;
    const verb = verbs.finite.get(core[at - 1] ?? "") ?? verbs.finite.get(core[at + 1] ?? "");
    const form = verbs.finite.has(core[at - 1] ?? "") ? core[at - 1] : core[at + 1];
    return (
      verb !== undefined &&
      form === verb.present &&
      lists.actionVerbs.has(verb.infinitive) &&
      !/^(?:kan|ska|får|har|är|ser|går|kommer|hör|tar)$/u.test(form ?? "") &&
      !lists.subordinators.has(core[at - 1] ?? "") &&
      !/ (?:om|när|att|som) du /u.test(flat)
    );
  }
  return (
    [...lists.actionVerbs].some((verb) => flat.includes(` ${verb} `)) ||
    / jag (?:vill|behöver|kommer (?:att )?behöva) | blir (?:en|ett) /u.test(flat) ||
    / i need | i want you /u.test(flat)
  );
}

/** "Du får ringa": not "vart du kan ringa", and "du kan" only with something to be handed over or done. */
function asksFor(core: readonly string[], lists: Lexicon["lists"]): boolean {
  const flat = flatten(core);
  return [...lists.requestOpeners].some((opener) => {
    const at = flat.indexOf(` ${opener} `);
    if (at < 0) return false;
    const before = flat.slice(0, at).trim().split(" ").at(-1) ?? "";
    const bound = lists.subordinators.has(before) && !lists.adverbFronts.has(before);
    if (bound || lists.questionWords.has(before)) return false;
    return !/^(?:du|ni|you) (?:kan|can)$/u.test(opener) || core.some((word) => lists.promises.has(word));
  });
}

/** "Polisen sa att …": somebody who is not at the table. */
function reported(core: readonly string[], { language }: Lexicon): boolean {
  const at = core.findIndex((word) =>
    (language === "sv"
      ? /^(?:sa|sade|säger|sagt|berättade|menar|menade|tyckte|påstår|hörde)$/u
      : /^(?:said|says|told|claims|claimed|heard)$/u
    ).test(word),
  );
  if (at < 1 || at > 6) return false;
  const subject = core.slice(0, at).join(" ");
  return !/\b(?:jag|vi|du|ni|i|we|you)\b/u.test(` ${subject} `) && !/^(?:det|som|vad|it|what)\b/u.test(subject);
}

function nextMeeting(flat: string, { times }: Sentence, { lists, language }: Lexicon): boolean {
  const words = flat.trim().split(" ");
  const next = language === "sv" ? /^(?:nästa|uppföljande|ny)$/u : /^(?:next|follow-up)$/u;
  const named = words.some((word, at) => next.test(word) && lists.meetingNouns.has(words[at + 1] ?? ""));
  // "Vi har uppföljning på torsdag", not "vi har tid" and not "vi har möte varje torsdag".
  const has =
    / (?:vi har|har vi|we have) /u.test(flat) &&
    words.some((word) => lists.meetingNouns.has(word) && word !== "tid") &&
    times.some(({ kind, past }) => kind === "day" && !past);
  const meets =
    has ||
    (language === "sv"
      ? / (?:vi följer upp|följer vi upp|vi ses|ses vi|träffas vi|vi träffas|vi hörs|hörs vi|möts vi) /u.test(flat)
      : / (?:we meet|meet again|see you) /u.test(flat));
  const later = times.some(
    ({ past, from, to }) => !past && !/^(?:i dag|idag|today)$/u.test(words.slice(from, to).join(" ")),
  );
  const tells = / (?:att|som|när|sedan|sen|that|since) (?:vi (?:ses|sågs|träffas)|we (?:meet|met)) /u.test(flat);
  // "Jag tänker att vi ses på onsdag": proposes it.
  const proposes = / (?:tänker|föreslår|säger|tycker) att vi (?:ses|träffas) /u.test(flat);
  return named || (meets && later && (!tells || proposes));
}
