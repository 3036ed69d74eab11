// Swedish expressions of time: "senast på fredag", "den tjugosjunde", "torsdag nästa vecka". Runs anywhere.
import {
  type Day,
  type Match,
  dateAlone,
  dateInMonth,
  dayMs,
  endOfMonth,
  endOfWeek,
  lastWeekday,
  monthEnd,
  monthsAhead,
  nextWeekday,
  numberedWeek,
  numberOf,
  shift,
  toDay,
  weekdayAndDate,
} from "./days.ts";
import type { Lexicon } from "../lexicon.ts";

const seasons: Readonly<Record<string, number>> = {
  vår: 4,
  våren: 4,
  sommar: 7,
  sommaren: 7,
  höst: 10,
  hösten: 10,
  vinter: 11,
  vintern: 11,
};

const everyDay = /^(?:dag|morgon|kväll|natt|vecka|månad|termin|helg|förmiddag|eftermiddag)$/u;

/** The expression that begins at this word, or null. */
export function matchSwedish(words: readonly string[], at: number, today: Day | null, lexicon: Lexicon): Match | null {
  const word = words[at] ?? "";
  const next = words[at + 1] ?? "";
  const after = words[at + 2] ?? "";
  const { months, weekdays } = lexicon;
  const monthAt = (place: number): number => months.indexOf(words[place] ?? "");

  const iso = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(word);
  if (iso !== null) return { length: 1, kind: "day", due: toDay(word) };
  const slash = /^(\d{1,2})\/(\d{1,2})$/u.exec(word);
  if (slash !== null && Number(slash[2]) <= 12)
    return { length: 1, kind: "day", due: dateInMonth(today, Number(slash[1]), Number(slash[2]) - 1, null, false) };

  if (/^(?:klockan|kl)$/u.test(word)) {
    const dot = next === "." ? 1 : 0;
    const hour = words[at + 1 + dot] ?? "";
    if (/^\d{1,2}(?:[.:]\d\d)?$/u.test(hour) || numberOf(hour, lexicon) !== null) {
      const range =
        /^(?:till|–|-)$/u.test(words[at + 2 + dot] ?? "") && /^\d{1,2}(?:[.:]\d\d)?$/u.test(words[at + 3 + dot] ?? "");
      return { length: (range ? 4 : 2) + dot, kind: "clock", due: null };
    }
    if (/^(?:halv|kvart)$/u.test(hour)) return { length: hour === "halv" ? 3 : 4, kind: "clock", due: null };
  }
  if (isHalfOrQuarter(words, at, lexicon)) return { length: word === "halv" ? 2 : 3, kind: "clock", due: null };
  if (/^\d{1,2}[.:][0-5]\d$/u.test(word) && !/^(?:kronor|procent|kr)$/u.test(next))
    return { length: 1, kind: "clock", due: null };

  const date = /^\d{1,2}$/u.test(word) ? Number(word) : null;
  const wordDate = date ?? (monthAt(at + 1) >= 0 ? numberOf(word, lexicon) : null);
  if (wordDate !== null && monthAt(at + 1) >= 0) {
    const year = /^\d{4}$/u.test(after) ? Number(after) : null;
    return {
      length: year === null ? 2 : 3,
      kind: "day",
      due: dateInMonth(today, wordDate, monthAt(at + 1), year, false),
    };
  }
  if ((word === "första" || word === "sista") && monthAt(at + 1) >= 0) {
    const due = dateInMonth(today, 1, monthAt(at + 1), null, false);
    const year = due === null ? 0 : new Date(due * dayMs).getUTCFullYear();
    return { length: 2, kind: "day", due: word === "första" || due === null ? due : endOfMonth(year, monthAt(at + 1)) };
  }
  if (
    /^(?:första|andra|tredje|fjärde|sista)$/u.test(word) &&
    /^(?:veckan|helgen|dagarna)$/u.test(next) &&
    monthAt(at + 3) >= 0
  )
    return { length: 4, kind: "day", due: word === "sista" ? monthEnd(today, monthAt(at + 3)) : null };
  const dayEnds =
    !/^\p{L}/u.test(next) ||
    /^(?:klockan|kl|så|och|då|senast|har|är|går|kan|ska|blir|passar|funkar|fungerar|till|i|istället)$/u.test(next);
  if (date !== null && words[at - 1] === "den" && date <= 31 && dayEnds) {
    // "onsdagen den 10": a month in which they agree.
    const weekday = weekdays.findIndex((day) => [day, `${day}en`].includes(words[at - 2] ?? ""));
    return { length: 1, kind: "day", due: weekday < 0 ? dateAlone(today, date) : weekdayAndDate(today, weekday, date) };
  }

  if (/^(?:varje|varannan|alla)$/u.test(word) && (weekdays.includes(next) || everyDay.test(next)))
    return { length: 2, kind: "repeated", due: null };
  const stemmed = weekdays.findIndex((day) => word.startsWith(day) && word.length <= day.length + 4);
  if (stemmed >= 0) {
    const ending = word.slice((weekdays[stemmed] ?? "").length);
    if (ending === "ar" || ending === "arna") return { length: 1, kind: "repeated", due: null, weekday: stemmed };
    if (ending === "s")
      return { length: 1, kind: "day", due: lastWeekday(today, stemmed), weekday: stemmed, past: true };
    if (!["", "en", "ens"].includes(ending)) return null;
    const soon = nextWeekday(today, stemmed);
    const far = words[at - 1] === "nästa" && today !== null ? endOfWeek(today) + (stemmed === 0 ? 7 : stemmed) : soon;
    return { length: 1, kind: "day", due: far, weekday: stemmed };
  }

  if (/^(?:idag|imorgon|imorron|ikväll)$/u.test(word))
    return { length: 1, kind: "day", due: shift(today, word === "idag" || word === "ikväll" ? 0 : 1) };
  if (word === "igår") return { length: 1, kind: "day", due: shift(today, -1), past: true };
  if (word === "i") {
    if (/^(?:dag|da|kväll|eftermiddag|förmiddag)$/u.test(next)) return { length: 2, kind: "day", due: today };
    if (/^(?:morgon|morron|morrn)$/u.test(next)) return { length: 2, kind: "day", due: shift(today, 1) };
    if (next === "övermorgon") return { length: 2, kind: "day", due: shift(today, 2) };
    if (/^(?:går|förrgår|natt|morse)$/u.test(next))
      return {
        length: 2,
        kind: "day",
        due: shift(today, next === "går" ? -1 : next === "förrgår" ? -2 : 0),
        past: true,
      };
    if (next === "veckan") return inWeek(2, today === null ? null : endOfWeek(today));
    if (next === "helgen") return { length: 2, kind: "day", due: today === null ? null : endOfWeek(today) };
    if (monthAt(at + 1) >= 0) return { length: 2, kind: "day", due: monthEnd(today, monthAt(at + 1)) };
    if (seasons[next] !== undefined) return { length: 2, kind: "day", due: null };
    if (next === "slutet" || next === "början" || next === "mitten") {
      const place = after === "av" || after === "på" ? at + 3 : at + 2;
      const period = words[place] ?? "";
      const end =
        period === "månaden"
          ? monthEnd(today, today === null ? -1 : new Date(today * dayMs).getUTCMonth())
          : period === "veckan" && today !== null
            ? endOfWeek(today)
            : null;
      if (/^(?:månaden|veckan|året|terminen|sommaren|hösten|våren|vintern)$/u.test(period))
        return { length: place - at + 1, kind: "day", due: next === "slutet" ? end : null };
      if (monthAt(place) >= 0)
        return { length: place - at + 1, kind: "day", due: next === "slutet" ? monthEnd(today, monthAt(place)) : null };
    }
    return null;
  }
  if ((word === "den" || word === "denna") && /^(?:här|vecka|månad|termin)/u.test(next)) {
    const noun = next === "här" ? after : next;
    const length = next === "här" ? 3 : 2;
    if (noun.startsWith("veckan") || noun === "vecka") return inWeek(length, today === null ? null : endOfWeek(today));
    if (noun.startsWith("månad"))
      return { length, kind: "day", due: monthEnd(today, today === null ? -1 : new Date(today * dayMs).getUTCMonth()) };
    if (noun.startsWith("termin")) return { length, kind: "day", due: null };
    return null;
  }
  if (word === "nästa" && /^(?:vecka|månad|år|termin)$/u.test(next)) {
    if (next === "vecka") return inWeek(2, today === null ? null : endOfWeek(today) + 7);
    if (next === "månad" && today !== null) {
      const now = new Date(today * dayMs);
      return { length: 2, kind: "day", due: endOfMonth(now.getUTCFullYear(), now.getUTCMonth() + 1) };
    }
    return { length: 2, kind: "day", due: null };
  }
  if ((word === "om" || word === "inom") && /^(?:dag|vecka|veckor|månad|månader|dagar)$/u.test(after)) {
    const count = numberOf(next, lexicon);
    if (count === null) return null;
    const days = after.startsWith("dag") ? count : after.startsWith("veck") ? 7 * count : null;
    const due = days === null ? monthsAhead(today, count) : shift(today, days);
    const weeks = after.startsWith("veck") && word === "om" && due !== null;
    return { length: 3, kind: "day", due, ...(weeks ? { week: endOfWeek(due) } : {}) };
  }
  if (word === "under" && /^(?:veckan|dagen|månaden|helgen)$/u.test(next)) {
    const end = today === null ? null : endOfWeek(today);
    return {
      length: 2,
      kind: "day",
      due: next === "veckan" || next === "helgen" ? end : next === "dagen" ? today : null,
    };
  }
  if (word === "vecka" && numberOf(next, lexicon) !== null)
    return inWeek(2, numberedWeek(today, numberOf(next, lexicon) ?? 0));
  if (word === "till" && seasons[next] !== undefined) return { length: 2, kind: "day", due: null };
  if (word === "dagen" && /^(?:före|innan|efter)$/u.test(next)) return { length: 2, kind: "day", due: null };
  if (
    /^(?:före|innan|efter)$/u.test(word) &&
    /^(?:sommaren|sommarlovet|jul|påsk|lunch|midsommar|semestern|helgen|lovet|nyår)$/u.test(next)
  )
    return { length: 2, kind: "day", due: null };
  if (
    /^(?:före|innan|till|inför)$/u.test(word) &&
    next === "nästa" &&
    /^(?:möte|samtal|gång|träff|uppföljning|larm|besök|övning|pass|termin|genomgång|vecka|månad|skift)$/u.test(after)
  )
    return { length: 3, kind: "day", due: null };
  if (
    /^(?:sommarlovet|höstterminen|vårterminen|semestern|midsommar|sportlovet|höstlovet|jullovet|påsklovet|kvartalsskiftet|årsskiftet|månadsskiftet)$/u.test(
      word,
    )
  )
    return { length: 1, kind: "day", due: null };
  if (word === "så" && (next === "snart" || next === "fort") && after === "som")
    return { length: 4, kind: "day", due: null };
  if (
    monthAt(at) >= 0 &&
    words[at - 1] !== undefined &&
    /^(?:sedan|sen|från|till|för|av|före|efter|under|senast)$/u.test(words[at - 1] ?? "")
  )
    return { length: 1, kind: "day", due: null };
  return null;
}

const inWeek = (length: number, week: Day | null): Match => ({ length, kind: "day", due: week, week });

/** "halv tio", "kvart över nio", "kvart i tio": a time of day without "klockan". */
function isHalfOrQuarter(words: readonly string[], at: number, lexicon: Lexicon): boolean {
  const [before = "", word = "", next = "", after = ""] = [words[at - 1], words[at], words[at + 1], words[at + 2]];
  if (/^(?:en|ett|och|på|i)$/u.test(before) && word === "halv") return false;
  const hour = numberOf(word === "halv" ? next : after, lexicon);
  if (hour === null || hour < 1 || hour > 12) return false;
  return word === "halv" || (word === "kvart" && (next === "över" || next === "i"));
}
