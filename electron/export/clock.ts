// Times as documents and subtitles write them. Runs anywhere.

const two = (value: number) => String(value).padStart(2, "0");

/** 42000 → "00:42"; from one hour on "1:02:03". */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** A subtitle's time, "00:00:42.000"; SubRip writes a comma before the milliseconds. */
export function cueTime(ms: number, mark: "." | ","): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map(two).join(":")}${mark}${String(ms % 1000).padStart(3, "0")}`;
}
