// How a Swedish spelling sounds, by rule. Pure; runs anywhere.
// The rules are those of Swedish orthography: soft k, g and sk before front vowels, the spellings of the sj- and
// tj-sounds, letters that are not heard. Vowel length, stress and accent make no difference here.
import { reader, rule } from "./spelling-rules.ts";

/** Takes a word in lower case; answers its sounds (phones.ts). */
export const soundsInSwedish = reader([
  // Words and endings whose letters say something else.
  rule("o", "^och$", "å"),
  rule("d", "^d[eo]m?$", "dåm"),
  rule("tsc", "(?<=\\p{L})(?:[tsc]|ss)ion", "Son"),
  // The sj-sound: stjärna, skjorta, schema, sjö, show, garage; sked and skön, not the ending of fisken.
  rule("s", "s?(?:stj|skj|sch|sj|sh)", "S"),
  rule("s", "sk(?=e[rnt]?s?$)", "sk"),
  rule("s", "s?sk(?=[eiyäö])", "S"),
  rule("g", "(?<=[ao])ge(?=$|n$|t$|r$)", "S"),
  // The tj-sound: tjock, kjol, köpa, Linköping; not tråkig or boken.
  rule("tk", "tj|kj|^k(?=[eiyäö])|(?<=[^ck])k(?=[yäö])", "C"),
  rule("c", "^ch", "S"),
  rule("c", "ch", "k"),
  // j: djur, hjul, ljus, gjord, göra, älg, Helsingborg.
  rule("dhlg", "^[dhlg]j|^g(?=[eiyäö])|(?<=[lr])g(?=$|[^aeiouyåäö]|[eiyäö]$)", "j"),
  // Letters of two sounds, sounds of two letters.
  rule("ng", "ngn|(?<=\\p{L})gn", "Nn"),
  rule("n", "ng|n(?=[kx])", "N"),
  rule("x", "xj", "kS"),
  rule("x", "x", "ks"),
  rule("y", "^y(?=[aeiou])|(?<=[aeo])y", "j"),
  rule("q", "qu", "kv"),
  rule("c", "cc(?=[eiyé])", "ks"),
  rule("c", "c(?=[eiyé])", "s"),
  rule("kcq", "ck|[kcq]", "k"),
  rule("z", "z", "s"),
  rule("p", "ph", "f"),
  rule("td", "th|dt|t", "t"),
  rule("wh", "w|hv", "v"),
  // The h after a vowel or before a consonant is not heard.
  rule("h", "h(?=[aeiouyåäöéü])", "h"),
  rule("àáâ", ".", "a"),
  rule("éèêë", ".", "e"),
  rule("íï", ".", "i"),
  rule("óòô", ".", "o"),
  rule("ü", ".", "y"),
  rule("øœ", ".", "ö"),
  rule("æ", ".", "ä"),
  rule("ñ", ".", "n"),
  rule("abdefgijlmnoprsuvyåäö", ".", "$"),
]);
