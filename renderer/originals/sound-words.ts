// What a file's sound is, and what was heard of it, in words. Pure.
import type { OriginalFile } from "../../electron/contract.ts";
import type { Translate } from "../texts/i18n.ts";

type Sound = NonNullable<OriginalFile["sound"]>;

export const hasChoice = (sound: Sound | null): boolean =>
  sound !== null && (sound.tracks.length > 1 || sound.tracks[0]?.channels === 2);

export function soundWords({ tracks, apart, pick }: Sound, t: Translate): string {
  return [
    tracks.length > 1 && t("originals.tracks", { count: tracks.length, track: pick.track + 1 }),
    pick.channels === "split" ? t("originals.split") : apart && t("originals.apart"),
  ]
    .filter(Boolean)
    .join(" ");
}

/** "Spår 2: Klient, svenska". Languages come as ISO 639-2 codes, which the window's own names know. */
export function trackWords({ tracks }: Sound, at: number, language: string, t: Translate): string {
  const track = tracks[at];
  const known = track?.language === undefined || track.language === null ? null : nameOf(track.language, language);
  const details = [track?.title, known].filter(Boolean).join(", ");
  const name = t("originals.pick.track", { number: at + 1 });
  return details === "" ? name : `${name}: ${details}`;
}

function nameOf(code: string, language: string): string | null {
  try {
    return new Intl.DisplayNames([language], { type: "language", fallback: "none" }).of(code) ?? null;
  } catch {
    return null;
  }
}
