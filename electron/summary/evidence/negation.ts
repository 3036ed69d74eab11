// "Inte" neither added nor dropped, and what was said as uncertain not made certain. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import type { Sentence } from "../sentences/split.ts";
import { contentStems, coverage } from "../language/stem.ts";
import { hasPhrase } from "../language/tokens.ts";
import type { Finding, Ground } from "./claim.ts";

/** Share of a sentence's content words that a claim must take up to count as resting on it, and to touch on it. */
const restsOn = 0.7;
const touches = 0.35;

export function checkNegation({ claims, sentences, lexicon }: Ground): Finding[] {
  const sources = uniqueSources(sentences, lexicon);
  return claims.flatMap((claim) => {
    const stems = new Set(claim.stems);
    const share = sources.map((source) => ({ ...source, share: coverage(source.stems, stems) }));
    const rests = share.filter((source) => source.share >= restsOn);
    return [
      ...negation(
        claim.flat,
        rests,
        share.filter((source) => source.share >= touches),
        lexicon,
      ),
      ...modality(claim.flat, rests, lexicon),
    ];
  });
}

interface Source {
  readonly flat: string;
  readonly stems: readonly string[];
}

/** What is said twice in the same words counts once. */
function uniqueSources(sentences: readonly Sentence[], lexicon: Lexicon): Source[] {
  const sources = sentences.map(({ flat }) => ({ flat, stems: contentStems(flat, lexicon) }));
  return [
    ...new Map(
      sources.filter(({ stems }) => stems.length > 0).map((source) => [source.stems.toSorted().join(" "), source]),
    ).values(),
  ];
}

function negation(flat: string, rests: readonly Source[], touched: readonly Source[], lexicon: Lexicon): Finding[] {
  const own = count(flat, lexicon);
  const sum = (sources: readonly Source[]): number =>
    sources.reduce((total, source) => total + count(source.flat, lexicon), 0);
  if (own > sum(touched)) return touched.length === 0 ? [] : [{ code: "negationAdded", weight: "against" }];
  // An answer is given as "svarar nej" or "bekräftar": what is denied there stands in the question.
  if (/ (?:svarar|says no|says yes|bekräftar att|confirms that|på frågan|to the question) /u.test(flat)) return [];
  if (own < sum(rests))
    return [{ code: "negationDropped", weight: own === 0 || rests.length === 1 ? "against" : "doubt" }];
  return [];
}

/** "Nej" at the head of an answer is not part of what is said. */
function count(flat: string, { lists }: Lexicon): number {
  return flat.split(" ").filter((word) => lists.negations.has(word) && word !== "no" && word !== "utan").length;
}

function modality(flat: string, rests: readonly Source[], lexicon: Lexicon): Finding[] {
  const said = rests.map((source) => source.flat).join(" ");
  const has = (text: string, list: "hedges" | "obligations"): boolean => hasPhrase(text, lexicon.lists[list]);
  const findings: Finding[] = [];
  if (has(said, "hedges") && !has(flat, "hedges")) findings.push({ code: "hedgeDropped", weight: "doubt" });
  // "Ska" stands for a request that was accepted.
  if (rests.length > 0 && has(flat, "obligations") && !has(said, "obligations") && !/ (?:ska|is to) /u.test(flat)) {
    const detail = [...lexicon.lists.obligations].find((word) => flat.includes(` ${word} `)) ?? "";
    findings.push({ code: "modality", weight: "doubt", detail });
  }
  return findings;
}
