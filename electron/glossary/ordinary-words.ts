// Whether a word belongs to the language, by its spelling dictionary (Hunspell's format). Runs in a worker thread or
// the command line: reading a dictionary takes a tenth of a second.
import { readFileSync } from "node:fs";

/**
 * "ordinary" is a word of the language, "name" one that it knows with a capital only, "compound" one that it could
 * make of two words and does not list.
 */
export type WordClass = "ordinary" | "name" | "compound" | "unknown";

export interface Dictionary {
  /** @param word in lower case */
  classOf(word: string): WordClass;
}

interface Ending {
  readonly flag: string;
  readonly strip: string;
  readonly condition: RegExp;
}

type Language = "sv" | "en";
const read = new Map<Language, Dictionary>();

/** The dictionary of a language, read once; the English one for whatever is not Swedish. */
export function dictionaryOf(language: string): Dictionary {
  const code: Language = language.toLowerCase().startsWith("sv") ? "sv" : "en";
  const known = read.get(code);
  if (known !== undefined) return known;
  const home = import.meta.resolve(`dictionary-${code}`);
  const file = (name: string) => readFileSync(new URL(name, home), "utf8");
  const dictionary = parseDictionary(file("index.aff"), file("index.dic"));
  read.set(code, dictionary);
  return dictionary;
}

/** Parts of a compound have at least this many letters. */
const leastPart = 3;

/**
 * @param affixes the .aff file: which endings and beginnings a word may take
 * @param words the .dic file: one word a line, with the flags of its affixes
 */
export function parseDictionary(affixes: string, words: string): Dictionary {
  const { endings, longest, beginnings, forbidding } = parseAffixes(affixes);
  const [lower, upper] = [new Map<string, string>(), new Map<string, string>()];
  for (const line of words.split("\n").slice(1)) {
    const slash = line.indexOf("/", 1);
    const word = (slash < 0 ? line : line.slice(0, slash)).trim();
    const flags = slash < 0 ? "" : line.slice(slash + 1).trimEnd();
    if (word === "" || (forbidding !== "" && flags.includes(forbidding))) continue;
    const folded = word.toLowerCase();
    const list = folded === word ? lower : upper;
    list.set(folded, (list.get(folded) ?? "") + flags);
  }

  function isForm(word: string, list: ReadonlyMap<string, string>): boolean {
    if (list.has(word)) return true;
    for (let cut = word.length; cut >= Math.max(1, word.length - longest); cut -= 1) {
      for (const { flag, strip, condition } of endings.get(word.slice(cut)) ?? []) {
        const stem = word.slice(0, cut) + strip;
        if (list.get(stem)?.includes(flag) === true && condition.test(stem)) return true;
      }
    }
    return false;
  }
  const isWord = (word: string): boolean =>
    isForm(word, lower) ||
    beginnings.some((beginning) => word.startsWith(beginning) && isForm(word.slice(beginning.length), lower));
  const isCompound = (word: string): boolean => {
    for (let cut = leastPart; cut <= word.length - leastPart; cut += 1) {
      if (!isForm(word.slice(cut), lower)) continue;
      const first = word.slice(0, cut);
      // "arbet-s-plats": a linking s, also where the first part itself takes none.
      if (isForm(first, lower) || (first.endsWith("s") && isForm(first.slice(0, -1), lower))) return true;
    }
    return false;
  };

  const classes = new Map<string, WordClass>();
  return {
    classOf(word) {
      const known = classes.get(word);
      if (known !== undefined) return known;
      const found: WordClass = isWord(word)
        ? "ordinary"
        : isForm(word, upper)
          ? "name"
          : isCompound(word)
            ? "compound"
            : "unknown";
      classes.set(word, found);
      return found;
    },
  };
}

/** The format writes nothing as 0. */
const orNothing = (letters: string): string => (letters === "0" ? "" : letters);

function parseAffixes(affixes: string) {
  const endings = new Map<string, Ending[]>();
  const beginnings: string[] = [];
  let longest = 0;
  let forbidding = "";
  for (const line of affixes.split("\n")) {
    const [kind, flag = "", strip = "", added = "", condition] = line.trim().split(/\s+/u);
    if (kind === "FORBIDDENWORD") forbidding = flag;
    if (condition === undefined) continue;
    if (kind === "PFX") beginnings.push(orNothing(added));
    if (kind !== "SFX") continue;
    const ending = orNothing(added.split("/")[0] ?? "");
    longest = Math.max(longest, ending.length);
    const list = endings.get(ending) ?? [];
    list.push({ flag, strip: orNothing(strip), condition: new RegExp(`${condition}$`, "u") });
    endings.set(ending, list);
  }
  return { endings, longest, beginnings, forbidding };
}
