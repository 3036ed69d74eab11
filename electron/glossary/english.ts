// How an English spelling sounds, roughly and by rule, in the same signs as the Swedish one. Pure; runs anywhere.
// English spelling says little about its vowels, so they are taken by class: the consonants, and the letters that are
// not heard, carry the likeness.
import { reader, rule } from "./spelling-rules.ts";

/** Takes a word in lower case; answers its sounds (phones.ts). */
export const soundsInEnglish = reader([
  rule("tsc", "(?<=\\p{L})(?:[tsc]|ss)ion", "Sen"),
  rule("tc", "[ct]i(?=al|an|ous)", "S"),
  rule("t", "ture$", "Cer"),
  // Letters that are not heard.
  rule("gkp", "^[gkp]n", "n"),
  rule("w", "^wr", "r"),
  rule("w", "^wh", "v"),
  rule("x", "^x", "s"),
  rule("p", "^ps", "s"),
  rule("m", "m[bn]$", "m"),
  rule("oa", "[oa]ugh(?=t)", "å"),
  rule("o", "ough$", "o"),
  rule("oa", "[oa]ugh", "af"),
  rule("i", "igh", "aj"),
  rule("g", "gh(?=$|[^aeiouy])", ""),
  rule("g", "gh", "g"),
  rule("l", "(?<=a)l(?=[km])", ""),
  rule("t", "(?<=s)t(?=le|en$)", ""),
  rule("e", "(?<=[aeiouy].*[^aeiouy])e(?=s?$)", ""),
  // Consonants: Christopher, chemistry, but child.
  rule("c", "ch(?=[rl])|^ch(?=em|ar[ai])", "k"),
  rule("tc", "tch|ch", "C"),
  rule("s", "sch|sh", "S"),
  rule("t", "th", "T"),
  rule("p", "ph", "f"),
  rule("dj", "dg|j", "dj"),
  rule("g", "^g(?=[ey])|(?<=[aeiou]|n)g(?=e)", "dj"),
  rule("n", "ng|n(?=[kx])", "N"),
  rule("x", "x", "ks"),
  rule("q", "qu", "kv"),
  rule("s", "sc(?=[eiy])", "s"),
  rule("c", "cc(?=[eiy])", "ks"),
  rule("c", "c(?=[eiy])", "s"),
  rule("kcq", "ck|[kcq]", "k"),
  rule("z", "z", "s"),
  rule("w", "w(?=[aeiouy])", "v"),
  rule("h", "h(?=[aeiouyåäö])", "h"),
  // Vowels by class.
  rule("e", "e[eai]|ey$", "i"),
  rule("i", "ie", "i"),
  rule("oue", "oo|ue|ew", "u"),
  rule("o", "o[uw]", "ao"),
  rule("o", "o[ae]", "o"),
  rule("a", "a[iy]", "ej"),
  rule("o", "o[iy]", "åj"),
  rule("a", "a[uw]", "å"),
  rule("y", "^y(?=[aeiou])", "j"),
  rule("y", "y", "i"),
  rule("w", "w", "o"),
  rule("äé", ".", "e"),
  rule("abdefgijlmnoprstuvåö", ".", "$"),
]);
