// The date in the lines above a transcript, as Teams and our own documents write it. Runs anywhere.

const months = "januari februari mars april maj juni juli augusti september oktober november december".split(" ");
const englishMonths = "january february march april may june july august september october november december".split(
  " ",
);

/** ISO 8601 local time, or null where no line has a date. The hour is left at midnight if the line has none. */
export function headDate(lines: readonly string[]): string | null {
  for (const line of lines) {
    const date = numericDate(line) ?? wordDate(line);
    if (date === null) continue;
    const [, hour, minute, half] = /\b(\d{1,2})[:.](\d{2})\s?([AaPpEeFf][Mm])?\b/u.exec(line) ?? [];
    const afternoon = half !== undefined && /^[pe]/iu.test(half);
    const hours = hour === undefined ? 0 : (Number(hour) % (half === undefined ? 24 : 12)) + (afternoon ? 12 : 0);
    return `${date}T${String(hours).padStart(2, "0")}:${minute ?? "00"}:00`;
  }
  return null;
}

function numericDate(line: string): string | null {
  const [, year, month, day] = /\b(20\d{2})-(\d{2})-(\d{2})\b/u.exec(line) ?? [];
  return year === undefined ? null : isoDate(year, Number(month), Number(day));
}

function wordDate(line: string): string | null {
  const lower = line.toLowerCase();
  const [, day, name, year] = /\b(\d{1,2}) (\p{L}{3,9})\.?,? (20\d{2})\b/u.exec(lower) ?? [];
  const [, englishName, englishDay, englishYear] = /\b(\p{L}{3,9}) (\d{1,2}), (20\d{2})\b/u.exec(lower) ?? [];
  const word = name ?? englishName;
  if (word === undefined) return null;
  const month = Math.max(...[months, englishMonths].map((list) => list.findIndex((full) => full.startsWith(word)))) + 1;
  return isoDate(year ?? englishYear ?? "", month, Number(day ?? englishDay));
}

function isoDate(year: string, month: number, day: number): string | null {
  const date = new Date(Date.UTC(Number(year), month - 1, day));
  const valid = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return valid ? date.toISOString().slice(0, 10) : null;
}
