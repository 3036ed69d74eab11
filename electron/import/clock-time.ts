// Clock times in the files of others: "1:02:03.456", "02:03,456", "0:03". Runs anywhere.

/** Four groups for `timeMs`: hours (may be missing), minutes, seconds, fraction (may be missing). */
export const clockPattern = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?`;

/** Milliseconds of the time whose four groups begin at `from`. */
export function timeMs(match: RegExpExecArray, from: number): number {
  const [hours = 0, minutes = 0, seconds = 0] = [0, 1, 2].map((step) => Number(match[from + step] ?? 0));
  const fractionMs = Number((match[from + 3] ?? "0").padEnd(3, "0"));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fractionMs;
}
