// What stands between quotation marks must have been said word for word; fillers and false starts may be left out. Runs anywhere.
import { writeFigures } from "../language/figures.ts";
import { readPronouns } from "../sentences/restore.ts";
import { repair } from "../sentences/repair.ts";
import { tidy } from "../sentences/tidy.ts";
import { flatten, lowerWords, tokenise } from "../language/tokens.ts";
import type { Finding, Ground } from "./claim.ts";

export function checkQuotes({ item, sentences, split, lexicon }: Ground): Finding[] {
  const quotes = [...item.text.matchAll(/[”“„«"]([^”“„«»"]{2,})[”“»"]/gu)].map((match) => match[1] ?? "");
  if (quotes.length === 0) return [];
  const said = flatten(
    sentences.flatMap((sentence) =>
      plain(sentence.spoken, split.meetings[sentence.meeting]?.punctuated ?? true, lexicon),
    ),
  );
  const tidied = flatten(sentences.flatMap((sentence) => sentence.words));
  // "[…]" marks what was left out between two passages.
  const passages = quotes
    .flatMap((quote) => quote.split(/\[(?:…|\.{3})\]/u))
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const wrong = passages.some((quote) => {
    const forms = [plain(quote, true, lexicon), plain(quote, false, lexicon), lowerWords(tokenise(quote))].map(
      (words) => flatten(words),
    );
    return !forms.some((form) => said.includes(form) || tidied.includes(form));
  });
  return wrong ? [{ code: "quote", weight: "against" }] : [];
}

function plain(text: string, punctuated: boolean, lexicon: Ground["lexicon"]): string[] {
  const tokens = tidy(tokenise(text.normalize("NFC")), lexicon);
  return lowerWords(
    repair(writeFigures(punctuated ? tokens : readPronouns(tokens, lexicon), lexicon.language, "reading"), lexicon),
  );
}
