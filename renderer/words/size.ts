// Sizes in words: decimal units, as the systems show them. Pure.
import type { InterfaceLanguage } from "../../electron/formats.ts";

/** "480 MB", "1,5 GB". */
export function sizeInWords(sizeBytes: number, language: InterfaceLanguage): string {
  const [value, unit] = sizeBytes >= 1e9 ? [sizeBytes / 1e9, "GB"] : [Math.max(1, sizeBytes / 1e6), "MB"];
  const digits = unit === "GB" && value < 10 ? 1 : 0;
  return `${value.toLocaleString(language === "sv" ? "sv-SE" : "en-GB", { maximumFractionDigits: digits })} ${unit}`;
}

/** "12 MB/s", "480 kB/s". */
export function speedInWords(bytesPerSecond: number, language: InterfaceLanguage): string {
  if (bytesPerSecond >= 1e6) return `${sizeInWords(bytesPerSecond, language)}/s`;
  return `${Math.max(1, Math.round(bytesPerSecond / 1e3)).toLocaleString(language === "sv" ? "sv-SE" : "en-GB")} kB/s`;
}
