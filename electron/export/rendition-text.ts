// A summary in other words as plain text, for the clipboard: what must be known about it stands on top. Pure.
import type { InterfaceLanguage } from "../formats.ts";
import type { Rendition } from "../renditions.ts";
import texts from "./texts/renditions.json" with { type: "json" };

export function renditionText({ sections, kind }: Rendition, language: InterfaceLanguage): string {
  const words = texts[language];
  const body = sections.map(({ heading, items }) =>
    // What the model left out is said, in the words that were to be said.
    [heading, ...items.map(({ text, of }) => `- ${text === "" ? `${words.leftOut} ${of}` : text}`)].join("\n"),
  );
  return [kind === "plain" ? words.plain : words.translated, ...body].join("\n\n").concat("\n");
}
