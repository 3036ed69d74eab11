// Which heading each unit stands under: by the heading's words, its guidance, its kind, whose account it asks for, and
// the topics of the lexicon. Works for a person's own template as for ours. Runs anywhere.
import type { Template, TemplateSection } from "../../formats.ts";
import type { Lexicon, Side } from "../lexicon.ts";
import { sides } from "../lexicon.ts";
import type { Person } from "../understand/people.ts";
import { contentStems } from "../language/stem.ts";
import { flatten, hasBeginning, lowerWords, tokenise } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";
import type { Unit } from "../understand/units.ts";

export interface SectionPlan {
  readonly section: TemplateSection;
  readonly at: number;
  readonly headingStems: ReadonlySet<string>;
  readonly guidanceStems: ReadonlySet<string>;
  /** Guidance that is a list of cue phrases. */
  readonly phrases: readonly string[];
  readonly intents: ReadonlyMap<string, number>;
  readonly sides: ReadonlySet<Side>;
  readonly topics: ReadonlyMap<string, number>;
}

/** What each heading of the template asks for. */
export function planSections(template: Template, lexicon: Lexicon): SectionPlan[] {
  return template.sections.map((section, at) => {
    const heading = flatten(lowerWords(tokenise(section.heading)));
    const guidance = section.guidance ?? "";
    const guide = flatten(lowerWords(tokenise(guidance)));
    const intents = new Map<string, number>();
    for (const [intent, words] of Object.entries(lexicon.headings.intents)) {
      if (words.some((word) => hasBeginning(heading, word))) intents.set(intent, 1);
      else if (words.some((word) => hasBeginning(guide, word))) intents.set(intent, 0.3);
    }
    const asked = new Set<Side>(
      sides.filter((side) => lexicon.headings.roles[side].some((word) => hasBeginning(heading, word))),
    );
    const topics = new Map<string, number>();
    for (const { id, headings } of lexicon.topics) {
      if (headings.some((word) => hasBeginning(heading, word))) topics.set(id, 1);
      else if (headings.some((word) => hasBeginning(guide, word))) topics.set(id, 0.35);
    }
    return {
      section,
      at,
      headingStems: new Set(contentStems(section.heading, lexicon)),
      guidanceStems: new Set(contentStems(singleWords(guidance), lexicon)),
      phrases: cuePhrases(guidance),
      intents,
      sides: asked,
      topics,
    };
  });
}

/** "Det som går bra: fungerar, nöjd, jag klarar" → the phrases after the colon. */
function cuePhrases(guidance: string): string[] {
  const list = guidance.includes(":") ? guidance.slice(guidance.indexOf(":") + 1) : "";
  return list
    .split(/[,.;]/u)
    .map((phrase) => lowerWords(tokenise(phrase)).join(" "))
    .filter((phrase) => phrase.length > 2);
}

/** Guidance without its phrases: "förra gången" is one cue and not two words. */
const singleWords = (guidance: string): string =>
  guidance.includes(":")
    ? [
        guidance.slice(0, guidance.indexOf(":")),
        ...cuePhrases(guidance).filter((phrase) => !phrase.includes(" ")),
      ].join(" ")
    : guidance;

export interface Fit {
  readonly plan: SectionPlan;
  readonly score: number;
}

/** The headings that can take the unit, best first; empty when none fits. */
export function fitSections(
  unit: Unit,
  plans: readonly SectionPlan[],
  lexicon: Lexicon,
  atTable: ReadonlySet<Side> = new Set(),
  children: readonly string[] = [],
): Fit[] {
  const flat = flatten(
    unit.sentences.flatMap(({ sentence }) => sentence.words).concat(unit.question?.sentence.words ?? []),
  );
  const topics = lexicon.topics
    .filter(({ words }) => words.some((word) => hasBeginning(flat, word)))
    .map(({ id }) => id);
  const fits = plans
    .map((plan) => ({ plan, score: fit(unit, plan, { flat, topics, atTable, children, lexicon }) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.plan.at - b.plan.at);
  if (unit.kind !== "action" || !plans.some(takesActions)) return fits;
  // What is to be done stands elsewhere only when its own headings are full, and where it belongs by its words.
  const own = fits.filter(({ plan }) => takesActions(plan));
  return [...own, ...fits.filter(({ plan, score }) => !takesActions(plan) && score >= leastElsewhere)];
}

const leastElsewhere = 2.2;

/** Headings for what is to be done or was agreed, and for the next meeting. */
const takesActions = ({ section, intents }: SectionPlan): boolean =>
  section.kind === "actions" || ["action", "agreement", "next"].some((intent) => intents.get(intent) === 1);

/** What is the same for all headings. */
interface About {
  readonly flat: string;
  readonly topics: readonly string[];
  /** Sides of those who speak in the meeting. */
  readonly atTable: ReadonlySet<Side>;
  /** What the children in question are called, names and words. */
  readonly children: readonly string[];
  readonly lexicon: Lexicon;
}

function fit(unit: Unit, plan: SectionPlan, about: About): number {
  const { flat, topics, lexicon } = about;
  const { kind } = plan.section;
  const isAction = unit.kind === "action";
  if (kind === "manual") return 0;
  const intent = (name: string): number => plan.intents.get(name) ?? 0;
  const any = (flag: keyof Unit["sentences"][number]): boolean => unit.sentences.some((one) => one[flag] === true);
  const own = any("feels") || any("wishes");
  const meeting = unit.action?.kind === "meeting";
  if (intent("participants") === 1) return 0;
  // What only some headings may hold.
  if (intent("questions") === 1 && (unit.kind === "open-question") !== (kind !== "quotes")) return 0;
  if (unit.kind === "open-question") return intent("questions") === 1 ? 5 : 0;
  if (kind === "actions" && !isAction && !(any("decides") && plan.section.heading !== "")) return 0;
  if (
    kind === "quotes" &&
    (isAction ||
      !(speaksFor(unit.person, plan.sides) || speaksOfChild(unit, plan, about)) ||
      (!own && plan.sides.size === 0) ||
      (any("hearsay") && !speaksOfChild(unit, plan, about)) ||
      !(
        any("forbids") ||
        unit.sentences.some((one) => one.hasVerb && one.core.length >= 4) ||
        (unit.kind === "answer" && unit.length >= (unit.person?.side === "child" ? 2 : 4))
      ))
  )
    return 0;
  if (kind === "timeline" && !unit.sentences.some(({ sentence, past }) => sentence.times.length > 0 || past)) return 0;
  if (intent("consent") === 1 && !/samtyck|consent/u.test(flat)) return 0;
  if (intent("disagreement") === 1 && unit.against.length === 0) return 0;
  if (intent("occasion") === 1 && kind === "facts" && unit.order > 25) return 0;

  if (intent("confidence") === 1) return any("forbids") ? 14 : 0;

  let score = 0.3;
  for (const stem of unit.stems) {
    if (plan.headingStems.has(stem)) score += 1.6;
    else if (plan.guidanceStems.has(stem)) score += 0.8;
  }
  const said = plan.phrases.filter((phrase) => flat.includes(` ${phrase} `));
  score += Math.min(
    2.4,
    said.reduce((sum, phrase) => sum + (phrase.includes(" ") ? 1.4 : 0.6), 0),
  );
  for (const topic of topics) score += 1.2 * (plan.topics.get(topic) ?? 0);
  score += speaksOfChild(unit, plan, about) ? 2 : sideFit(unit, plan);
  // "Barnperspektiv": what concerns the child, whoever says it.
  if (plan.sides.has("child") && intent("account") !== 1 && kind !== "quotes" && concernsChild(unit, about))
    score += 2.5;
  const wanted = wantedBy(unit.asked, plan, lexicon);
  score += wanted.size > 0 ? 3 : 0;
  if (isAction) score += kind === "actions" ? 6 : intent("action") * 3 + intent("agreement") * 2 + intent("next") * 0.5;
  if (meeting) score += intent("next") === 1 ? 10 : kind === "actions" ? 1 : 0;
  else if (intent("next") === 1 && kind !== "actions") score -= 4;
  if (any("decides")) score += 2.5 * Math.max(intent("decision"), intent("agreement") * 0.8);
  else if (intent("decision") === 1 && !isAction) score -= 2;
  if (any("worries")) score += 1.8 * intent("concern");
  if (any("praises") && !any("worries")) score += 1.8 * intent("strength");
  else if (intent("strength") === 1 && !wanted.has("strength")) score -= 1.5;
  if (intent("concern") === 1 && !any("worries") && !wanted.has("concern")) score -= 1;
  if (own) score += 1 * intent("account") + (kind === "quotes" ? 2 : 0);
  if (any("hearsay")) score += 2 * intent("others");
  else if (intent("others") === 1 && unit.person?.side !== "guardian") score -= 2;
  if (
    intent("timeline") === 1 &&
    unit.sentences.some(({ sentence }) => sentence.times.some((time) => time.kind === "clock"))
  )
    score += 2;
  if (intent("lesson") === 1) score += any("decides") ? 1.5 : obliges.test(flat) ? 0.8 : wanted.has("lesson") ? 0 : -1;
  if (
    intent("occasion") === 1 &&
    !unit.sentences.some(({ sentence, figures }) => figures > 0 || sentence.times.length > 0)
  )
    score -= 2.5;
  if (intent("information") === 1) score += unit.person?.side === "professional" ? 1 : -2;
  if (intent("reason") === 1) score += unit.order < 30 ? 0.6 : -1;
  if (intent("observation") === 1) score -= 1.5;
  if (intent("status") > 0) score += 0.8 * intent("status");
  if (kind === "facts" && unit.sentences.some(({ figures }) => figures > 0)) score += 0.6;
  return score;
}

const obliges = / (?:måste|borde|behöver|must|should|need to) /u;

/** What both the question and the heading ask for: "Vad gick bra?" under "Vad gick bra och varför". */
function wantedBy(asked: Understood | null, plan: SectionPlan, { headings }: Lexicon): Set<string> {
  const wanted = new Set<string>();
  if (asked === null) return wanted;
  const { flat } = asked.sentence;
  // "Vad var målet?" asks in the heading's own words.
  const heading = lowerWords(tokenise(plan.section.heading)).filter((word) => !/^(?:och|varför|and|why)$/u.test(word));
  if (heading.length >= 2 && flat.includes(flatten(heading))) wanted.add("heading");
  for (const [intent, weight] of plan.intents) {
    if (weight === 1 && headings.intents[intent]?.some((words) => words.length >= 4 && hasBeginning(flat, words)))
      wanted.add(intent);
  }
  return wanted;
}

/** The child by name or word, in what is said or in the question it answers. */
function concernsChild({ sentences, asked }: Unit, { children }: About): boolean {
  const flats = [...sentences, ...(asked === null ? [] : [asked])].map(({ sentence }) => sentence.flat);
  return flats.some((flat) => children.some((word) => flat.includes(` ${word} `) || flat.includes(` ${word}s `)));
}

/** What the child is said to want or say, where the child is not there to say it. */
function speaksOfChild({ sentences, asked, person }: Unit, { sides: wanted }: SectionPlan, about: About): boolean {
  const { atTable, lexicon } = about;
  if (!wanted.has("child") || atTable.size === 0 || atTable.has("child")) return false;
  // An interpreter's "hon" is the one interpreted.
  if (person?.label.startsWith("tolk") === true) return false;
  const told = sentences.filter(({ sentence: { flat } }) => tells.test(flat) && !/ (?:jag|i) /u.test(flat));
  // "Vad säger mamma?" – "Hon är orolig …": then "hon" is not the child.
  const spoken = [...told, ...(asked === null ? [] : [asked])].map(({ sentence }) => sentence.flat);
  const adult = lexicon.headings.speakers.guardian.filter((word) => word.length >= 5);
  if (spoken.some((flat) => adult.some((word) => hasBeginning(flat, word)))) return false;
  return told.some(({ wishes, hearsay }) => wishes || hearsay);
}

const tells =
  / (?:han|hon|hen|barnet|barnen|dottern|sonen|eleven|he|she|the child) (?:också )?(?:säger|sa|vill|har (?:också )?sagt|berättar|tycker|känner|önskar|says|said|wants|told|feels) /u;

const speaksFor = (person: Person | null, asked: ReadonlySet<Side>): boolean =>
  asked.size === 0 || (person?.side !== null && person !== null && asked.has(person.side));

/** A heading that names a side takes that side's account, and no other's. */
function sideFit({ person, kind }: Unit, { sides: asked, intents, section }: SectionPlan): number {
  if (asked.size === 0 || kind === "action" || section.kind === "actions") return 0;
  const side = person?.side ?? null;
  if (side === null) return -0.5;
  if (asked.has(side)) return 1.5;
  // "Barnperspektiv" names the child but does not ask for its account.
  const account = intents.get("account") === 1;
  if (side === "child" && asked.has("person")) return 1.2;
  if (side === "person" && asked.has("child") && account) return -1;
  return account ? -4 : -0.3;
}
