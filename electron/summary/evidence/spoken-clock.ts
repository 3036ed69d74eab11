// Times of day as they are spoken: "halv tio", "kvart över två", "tjugo i åtta", "half past nine". Runs anywhere.
import { wordToNumber } from "../language/number-words.ts";
import type { Token } from "../language/tokens.ts";
import type { Lexicon } from "../lexicon.ts";

/** All of them as figures, in the morning and in the afternoon: "9.30", "09.30", "21.30". */
export function clockTimes(tokens: readonly Token[], { language }: Lexicon): string[] {
  const words = tokens.filter(({ isWord }) => isWord).map(({ lower }) => lower);
  const number = (at: number): number | null => {
    const word = words[at] ?? "";
    const value = /^\d{1,2}$/u.test(word) ? Number(word) : wordToNumber(word, language);
    return value === null || value < 1 || value > 59 ? null : value;
  };
  return words.flatMap((word, at): string[] => {
    if (language === "sv") {
      if (word === "halv") return clock(number(at + 1), -30);
      const minutes = word === "kvart" ? 15 : number(at);
      if (minutes === null || minutes > 29) return [];
      const skip = /^minuter?$/u.test(words[at + 1] ?? "") ? 2 : 1;
      const side = words[at + skip] ?? "";
      const half = words[at + skip + 1] === "halv";
      const hour = number(at + skip + (half ? 2 : 1));
      if (side === "över") return clock(hour, half ? minutes - 30 : minutes);
      return side === "i" ? clock(hour, half ? -30 - minutes : -minutes) : [];
    }
    const minutes = word === "half" ? 30 : word === "quarter" ? 15 : number(at);
    const side = words[at + 1] ?? "";
    if (minutes === null || minutes > 30) return [];
    if (side === "past") return clock(number(at + 2), minutes);
    return side === "to" && (word === "quarter" || minutes % 5 === 0) ? clock(number(at + 2), -minutes) : [];
  });
}

function clock(hour: number | null, minutes: number): string[] {
  if (hour === null || hour > 24) return [];
  return [hour, hour + 12].flatMap((value) => {
    const total = (value * 60 + minutes + 24 * 60) % (24 * 60);
    const [hours, rest] = [Math.floor(total / 60), String(total % 60).padStart(2, "0")];
    return [`${String(hours)}.${rest}`, `${String(hours).padStart(2, "0")}.${rest}`];
  });
}
