// Times as people read them. Pure.
import type { InterfaceLanguage } from "../../electron/formats.ts";
import type { Translate } from "../texts/i18n.ts";

const minuteMs = 60_000;

const localeOf = (language: InterfaceLanguage) => (language === "sv" ? "sv-SE" : "en-GB");

/** A place in the sound: 00:42, 12:07 or 1:02:03. */
export function clock(atMs: number): string {
  const total = Math.max(0, Math.floor(atMs / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

/** How long a meeting is: "38 min", "1 tim 4 min". */
export function lengthInWords(durationMs: number, t: Translate): string {
  const total = Math.round(durationMs / minuteMs);
  if (total < 1) return t("time.lessThanMinute");
  const [hours, minutes] = [Math.floor(total / 60), total % 60];
  if (hours === 0) return t("time.minutes", { minutes });
  return minutes === 0 ? t("time.wholeHours", { hours }) : t("time.hours", { hours, minutes });
}

/** How long a job has left, rounded so that it does not tick: whole minutes, above ten in steps of five. */
export function timeLeft(leftMs: number | null, t: Translate): string {
  if (leftMs === null) return t("time.leftUnknown");
  const exact = leftMs / minuteMs;
  if (exact < 1) return t("time.leftSoon");
  const total = exact < 10 ? Math.ceil(exact) : Math.ceil(exact / 5) * 5;
  const [hours, minutes] = [Math.floor(total / 60), total % 60];
  return hours === 0 ? t("time.leftMinutes", { minutes }) : t("time.leftHours", { hours, minutes });
}

/** A day as a heading: "I dag", "I går", "tisdag 10 mars", "10 mars 2024". */
export function dayInWords(iso: string, now: Date, language: InterfaceLanguage, t: Translate): string {
  const day = new Date(iso);
  if (Number.isNaN(day.getTime())) return iso;
  const apart = Math.round((startOfDay(now) - startOfDay(day)) / (24 * 60 * minuteMs));
  if (apart === 0) return t("library.today");
  if (apart === 1) return t("library.yesterday");
  const recent = apart > 0 && apart < 180;
  const words = new Intl.DateTimeFormat(
    localeOf(language),
    recent ? { weekday: "long", day: "numeric", month: "long" } : { day: "numeric", month: "long", year: "numeric" },
  ).format(day);
  return words.charAt(0).toLocaleUpperCase(localeOf(language)) + words.slice(1);
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** What goes by rule: "gallras i dag", "gallras om 12 dagar". */
export function goesInWords(dueAt: string, now: Date, t: Translate): string {
  const day = new Date(dueAt);
  const days = Math.max(0, Math.round((startOfDay(day) - startOfDay(now)) / (24 * 60 * minuteMs)));
  return t("status.goes", { days });
}

/** Date and time of day: "10 mars 2026 09:02". */
export function dateAndTime(iso: string, language: InterfaceLanguage): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeStyle: "short" }).format(date);
}

/** A date alone: "3 december 2026". */
export function dateInWords(iso: string, language: InterfaceLanguage): string {
  const date = new Date(`${iso}T00:00`);
  return Number.isNaN(date.getTime())
    ? iso
    : new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long" }).format(date);
}

/** A day without its year: "12 mars". */
export function dayAndMonth(iso: string, language: InterfaceLanguage): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "long" }).format(date);
}
