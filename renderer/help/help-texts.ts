// The help page's texts: files beside the other texts, sought among here. Pure.
import type { InterfaceLanguage } from "../../electron/formats.ts";
import en from "../texts/help/en.json" with { type: "json" };
import sv from "../texts/help/sv.json" with { type: "json" };

export interface HelpPart {
  /** "" where the section's title says it all. */
  readonly title: string;
  readonly text?: readonly string[];
  readonly list?: readonly string[];
  /** Like the list, where the order matters. */
  readonly steps?: readonly string[];
}

export interface HelpSection {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly HelpPart[];
}

export const helpTexts: Readonly<Record<InterfaceLanguage, readonly HelpSection[]>> = { sv, en };

/** The parts in which every word that is sought begins a word; the whole part, since one sentence explains the next. */
export function findHelp(sections: readonly HelpSection[], query: string): readonly HelpSection[] {
  const sought = wordsOf(query);
  if (sought.length === 0) return sections;
  const holds = (section: HelpSection, part: HelpPart) => {
    const there = wordsOf([section.title, ...linesOf(part)].join(" "));
    return sought.every((word) => there.some((other) => other.startsWith(word)));
  };
  return sections.flatMap((section) => {
    const parts = section.parts.filter((part) => holds(section, part));
    return parts.length === 0 ? [] : [{ ...section, parts }];
  });
}

/** A text cut where a word begins as one that is sought does: every other piece is such a word's beginning. */
export function cutAtFound(text: string, query: string): readonly string[] {
  const sought = wordsOf(query).map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`));
  if (sought.length === 0) return [text];
  return text.split(new RegExp(String.raw`(?<![\p{L}\p{N}])(${sought.join("|")})`, "iu"));
}

const linesOf = ({ title, text = [], list = [], steps = [] }: HelpPart): readonly string[] => [
  title,
  ...text,
  ...list,
  ...steps,
];

const wordsOf = (text: string): readonly string[] => text.toLocaleLowerCase("sv").match(/[\p{L}\p{N}]+/gu) ?? [];
