// "Inte" neither added nor dropped: clause by clause, against the clause of the talk that says the same. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { flatten, hasPhrase, lowerWords, tokenise } from "../language/tokens.ts";
import type { Sentence, Split } from "../sentences/split.ts";
import { answerTo } from "./answers.ts";
import type { Claim, Finding, Ground } from "./claim.ts";
import { type Clause, clausesSaid } from "./clauses.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";
import { bestMatches } from "./match-clauses.ts";

export interface SaidClause extends Clause {
  readonly asked: boolean;
  /** Whether it holds as it stands, denied, or cannot be told. */
  readonly holds: "as said" | "denied" | "unknown";
}

export function checkNegation({ claims, sentences, split, lexicon }: Ground): Finding[] {
  const said = sentences.flatMap((sentence) => saidClauses(sentence, split, lexicon));
  return claims.flatMap((claim) => {
    // An answer is given as "svarar nej": what is denied there stands in the question.
    if (isAnswer(claim)) return [];
    const asked = quotedIn(claim.text);
    return claim.clauses.flatMap((clause): Finding[] => {
      // "Det gäller: ”Har du intyget med dig”": a question quoted says neither yes nor no.
      if (asked.includes(clause.flat)) return [];
      const matches = bestMatches(clause, said, lexicon, 0.96);
      if (matches.length === 0) {
        const anywhere = said.some(({ negated, holds }) => negated || holds !== "as said");
        return clause.negated && !anywhere ? [{ code: "negationAdded", weight: "against" }] : [];
      }
      if (matches.some((match) => agrees(clause, match))) return [];
      return [{ code: clause.negated ? "negationAdded" : "negationDropped", weight: "against" }];
    });
  });
}

const quotedIn = (text: string): string =>
  [...text.matchAll(/[”“]([^”“]+)[”“]/gu)].map(([, quote = ""]) => flatten(lowerWords(tokenise(quote)))).join("");

export const isAnswer = ({ flat }: Claim): boolean =>
  / (?:svarar (?:[^ ]+ ){0,3}(?:nej|ja)|says no|says yes|answers (?:no|yes)) /u.test(flat);

function agrees(clause: Clause, { negated, holds }: SaidClause): boolean {
  if (holds === "unknown") return true;
  const denied = negated !== (holds === "denied");
  return clause.negated === denied;
}

/** A question says nothing by itself; its answer tells whether it holds. "Kan du …?" asks for something, not whether it is so. */
function saidClauses(sentence: Sentence, split: Split, lexicon: Lexicon): SaidClause[] {
  const { modals } = evidenceLexicon(lexicon.language);
  const answer = sentence.isQuestion ? answerTo(sentence, split, lexicon) : "yes";
  return clausesSaid(sentence, split, lexicon).map((clause) => {
    const isRequest = hasPhrase(clause.flat, modals.can) || hasPhrase(clause.flat, modals.will);
    return {
      ...clause,
      asked: sentence.isQuestion,
      holds: answer === "yes" ? "as said" : answer === "no" && !clause.negated && !isRequest ? "denied" : "unknown",
    };
  });
}
