// Self-harm, violence, abuse, addiction, suspicion: nothing of the kind without a passage that speaks of it. Runs anywhere.
import { sensitiveTopics } from "../lexicon.ts";
import { flatten, hasBeginning, lowerWords, tokenise } from "../language/tokens.ts";
import type { Finding, Ground } from "./claim.ts";

export function checkSensitive({
  item,
  sentences,
  lexicon,
}: Omit<Ground, "claims"> & Partial<Pick<Ground, "claims">>): Finding[] {
  const text = flatten(lowerWords(tokenise(item.text)));
  const said = sentences.map(({ flat, spoken }) => flat + flatten(lowerWords(tokenise(spoken)))).join(" ");
  return sensitiveTopics
    .filter((topic) => {
      const words = lexicon.sensitive[topic];
      return words.some((word) => hasBeginning(text, word)) && !words.some((word) => hasBeginning(said, word));
    })
    .map((code) => ({ code, weight: "against" }));
}
