// What is noted of consent to a recording, in a line. Runs anywhere.
import type { Consent } from "../recorded.ts";
import { oneLine } from "./clean-text.ts";
import type { ExportTexts } from "./texts.ts";

/** Null: nothing is noted, and that is said. */
export function consentWords(consent: Consent | null, texts: ExportTexts): string {
  if (consent === null) return texts.consentMissing;
  const answer = { yes: texts.consentYes, partly: texts.consentPartly, no: texts.consentNo }[consent.answer];
  const how = { aloud: texts.consentAloud, before: texts.consentBefore, paper: texts.consentPaper }[consent.how];
  const words = [answer, consent.note, how, consent.informed].map(oneLine).filter((part) => part !== "");
  return words.join("; ");
}
