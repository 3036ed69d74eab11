// What was wished stays a wish, what was possible stays possible, what was uncertain stays uncertain. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { flatten, hasPhrase, lowerWords, tokenise } from "../language/tokens.ts";
import type { Finding, Ground } from "./claim.ts";
import { answerTo } from "./answers.ts";
import { clausesOf, clausesSaid } from "./clauses.ts";
import { evidenceLexicon, type ModalKind, modalKinds } from "./evidence-lexicon.ts";
import { bestMatches } from "./match-clauses.ts";
import { isAnswer } from "./negation.ts";

/** What an item may say where the talk says this. A promise and a plan may be told as "ska". */
const mayBecome: Readonly<Record<ModalKind, readonly ModalKind[]>> = {
  wish: ["wish"],
  can: ["can"],
  ought: ["ought"],
  must: ["must", "will"],
  will: ["will", "must"],
  certain: ["certain"],
};

export function checkModality({ claims, sentences, split, lexicon }: Ground): Finding[] {
  const own = evidenceLexicon(lexicon.language);
  const said = sentences.flatMap((sentence) =>
    clausesSaid(sentence, split, lexicon).map((clause) => ({
      ...clause,
      answer: sentence.isQuestion ? answerTo(sentence, split, lexicon) : null,
    })),
  );
  return claims.flatMap((claim) => {
    if (isAnswer(claim)) return [];
    const plain = claim.text.replaceAll(/[”“"][^”“"]*[”“"]/gu, " ");
    const clauses = clausesOf(plain, lexicon, claim.labels, claim.runsOn);
    const doubted = new Set(
      clauses
        .filter(({ flat }) => hasPhrase(flat, own.lists.uncertain))
        .flatMap((clause) => bestMatches(clause, said, lexicon, 0.5)),
    );
    return clauses.flatMap((clause): Finding[] => {
      const matches = bestMatches(clause, said, lexicon, 0.96);
      if (matches.length === 0 || clause.stems.length === 0) return [];
      const findings: Finding[] = [];
      const claimed = modalsIn(clause.flat, lexicon);
      if (
        matches.every((match) => hasPhrase(match.flat, own.lists.uncertain) && !doubted.has(match)) &&
        !hasPhrase(clause.flat, own.lists.uncertain)
      )
        findings.push({ code: "hedgeDropped", weight: "doubt" });
      if (
        matches.every(({ flat }) => hasPhrase(flat, own.lists.approximate)) &&
        !hasPhrase(claim.flat, own.lists.approximate) &&
        /\p{N}/u.test(clause.flat)
      )
        findings.push({ code: "approximate", weight: "doubt" });
      const near = bestMatches(clause, said, lexicon, 0.5).map(({ flat, answer }) => ({
        kinds: modalsIn(flat, lexicon),
        answer,
      }));
      const allowed = new Set(near.flatMap(({ kinds }) => kinds.flatMap((kind) => mayBecome[kind])));
      // Without any such word, a request or a promise may be told as "ska"; so may a question that was answered with yes.
      if (
        matches.some(({ flat }) => modalsIn(flat, lexicon).length === 0) ||
        near.some(({ answer }) => answer === "yes" || answer === "open")
      )
        allowed.add("will");
      const wrong = claimed.find((kind) => !allowed.has(kind));
      if (wrong !== undefined)
        findings.push({ code: "modality", weight: "doubt", detail: wordFor(wrong, clause.flat, lexicon) });
      else if (
        claimed.length === 0 &&
        near.every(({ kinds, answer }) => answer === null && kinds.length > 0 && kinds.every((kind) => kind === "wish"))
      )
        findings.push({ code: "wishDropped", weight: "doubt" });
      return findings;
    });
  });
}

/** Which kinds stand in the words; "inte måste" and "kan inte" are of their kind too. */
function modalsIn(flat: string, lexicon: Lexicon): ModalKind[] {
  const { modals } = evidenceLexicon(lexicon.language);
  return modalKinds.filter((kind) => hasPhrase(flat, modals[kind]));
}

function wordFor(kind: ModalKind, flat: string, lexicon: Lexicon): string {
  const { modals } = evidenceLexicon(lexicon.language);
  return [...modals[kind]].find((word) => flat.includes(flatten(lowerWords(tokenise(word))))) ?? "";
}
