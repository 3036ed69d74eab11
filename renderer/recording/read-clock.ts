// A place in a recording as a person writes it: "12:41", "1:02:41", "12.41". Pure.

/** Milliseconds, or null for what is no time. */
export function readClock(text: string): number | null {
  const found = /^\s*(?:(\d{1,2})[:.])?(\d{1,3})[:.](\d{2})\s*$/u.exec(text);
  if (found === null) return null;
  const [hours, minutes, seconds] = [Number(found[1] ?? 0), Number(found[2]), Number(found[3])];
  return seconds > 59 || (found[1] !== undefined && minutes > 59)
    ? null
    : ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
