// Fillers and false starts taken out of what was said, without touching its meaning. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { wordToNumber } from "../language/number-words.ts";
import type { Token } from "../language/tokens.ts";

/** Without fillers, without words said twice in a row ("jag, jag har"). Hedges such as "nog" and "kanske" stay. */
export function tidy(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  return withoutRepeats(dropFillers(tokens, lexicon), lexicon).filter(
    // A comma left alone at the front, or doubled.
    (token, at, all) =>
      !(
        token.text === "," &&
        (at === 0 || /^[,.;:]$/u.test(all[at - 1]?.text ?? "") || /^[.?!]$/u.test(all[at + 1]?.text ?? ""))
      ),
  );
}

function dropFillers(tokens: readonly Token[], { lists: { fillers }, language }: Lexicon): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const length = fillerLength(tokens, at, fillers);
    const one = tokens[at] as Token;
    // "typ av", "you know what", "ju … desto": not fillers.
    const meant = length === 1 && language === "sv" && one.lower === "typ" && tokens[at + 1]?.lower === "av";
    if (length === 0 || meant) {
      kept.push(one);
      at += 1;
      continue;
    }
    at += length;
    // The commas around a filler go with it, but one stays where two clauses meet.
    const before = kept.at(-1)?.text === ",";
    if (before && tokens[at]?.text === ",") at += 1;
    else if (tokens[at]?.text === "," && kept.length === 0) at += 1;
    else if (before && at < tokens.length && /^[.?!]$/u.test(tokens[at]?.text ?? "")) kept.pop();
  }
  return kept;
}

function fillerLength(tokens: readonly Token[], at: number, fillers: ReadonlySet<string>): number {
  for (let length = 4; length > 0; length -= 1) {
    const words = tokens.slice(at, at + length);
    if (words.length === length && fillers.has(words.map(({ lower }) => lower).join(" "))) return length;
  }
  return 0;
}

/** Drops the first of two equal runs of one to three words, also over a comma: what is said last holds. */
function withoutRepeats(tokens: readonly Token[], { verbs, language }: Lexicon): Token[] {
  let rest = [...tokens];
  for (let size = 3; size > 0; size -= 1)
    for (let at = 0; at + 2 * size <= rest.length;) {
      const comma = rest[at + size]?.text === "," ? 1 : 0;
      const first = rest.slice(at, at + size);
      const second = rest.slice(at + size + comma, at + 2 * size + comma);
      // "ett ett två": a number read out figure by figure.
      const readOut =
        size === 1 &&
        [at, at + 1, at + 2].every((place) => (wordToNumber(rest[place]?.lower ?? "", language) ?? 10) < 10);
      const equal = first.every(
        (token, place) => token.isWord && !/^\p{N}/u.test(token.text) && token.lower === second[place]?.lower,
      );
      // "det vill jag, jag kan": one closes a clause, the other opens the next.
      const meet =
        size === 1 &&
        verbs.finite.has(rest[at - 1]?.lower ?? "") &&
        verbs.finite.has(rest[at + 2 + comma]?.lower ?? "");
      if (equal && !meet && !readOut && first.length === second.length)
        rest = [...rest.slice(0, at), ...rest.slice(at + size + comma)];
      else at += 1;
    }
  return rest;
}
