// "Inte" neither added nor dropped, and what was said as uncertain not made certain. Runs anywhere.
import type { Lexicon, WordListName } from "../lexicon.ts";
import { hasPhrase } from "../tokens.ts";
import type { Claim, Finding, Ground } from "./claim.ts";

/** Below this fit it cannot be told which sentence the claim rests on. */
const comparable = 0.5;

export function checkNegation({ claims, lexicon }: Ground): Finding[] {
  return claims.flatMap((claim) =>
    claim.fit < comparable ? [] : [...negation(claim, lexicon), ...modality(claim, lexicon)],
  );
}

function negation({ flat, nearest }: Claim, lexicon: Lexicon): Finding[] {
  // An answer is given as "svarar nej" or "bekräftar": the words are the question's.
  if (/ (?:svarar nej|says no|bekräftar att|confirms that|på frågan|to the question) /u.test(flat)) return [];
  const own = count(flat, lexicon);
  const said = nearest.map((sentence) => count(sentence.flat, lexicon));
  const total = said.reduce((sum, number) => sum + number, 0);
  if (own > total) return [{ code: "negationAdded", weight: "against" }];
  if (own < total)
    return [{ code: "negationDropped", weight: own === 0 || nearest.length === 1 ? "against" : "doubt" }];
  return [];
}

/** "Nej" at the head of an answer is not part of what is said. */
function count(flat: string, { lists }: Lexicon): number {
  return flat.split(" ").filter((word) => lists.negations.has(word) && word !== "no" && word !== "utan").length;
}

const scales: readonly (readonly WordListName[])[] = [["obligations"], ["hedges"]];

function modality({ flat, nearest }: Claim, lexicon: Lexicon): Finding[] {
  const said = nearest.map((sentence) => sentence.flat).join(" ");
  const findings: Finding[] = [];
  for (const [list] of scales) {
    if (list === undefined) continue;
    const words = lexicon.lists[list];
    const inClaim = hasPhrase(flat, words);
    const inTalk = hasPhrase(said, words);
    if (list === "hedges" && inTalk && !inClaim) findings.push({ code: "hedgeDropped", weight: "doubt" });
    if (list === "obligations" && inClaim && !inTalk && !/ (?:ska|is to) /u.test(flat))
      findings.push({
        code: "modality",
        weight: "doubt",
        detail: [...words].find((word) => flat.includes(` ${word} `)) ?? "",
      });
  }
  return findings;
}
