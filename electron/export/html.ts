// A summary or transcript as one web page: no script, nothing from elsewhere, made to be read, printed and heard. Runs
// anywhere.
import type { InterfaceLanguage } from "../formats.ts";
import type { ExportOptions } from "./options.ts";
import { type ExportInput, outlineOf, type OutlineBody, type OutlineItem } from "./outline.ts";
import { exportTexts, type ExportTexts } from "./texts.ts";
import style from "./texts/page.json" with { type: "json" };

export function html(input: ExportInput, language: InterfaceLanguage, options: ExportOptions): string {
  const texts = exportTexts(language);
  const outline = outlineOf(input, language, options, "notes");
  const { title, label, about, open, facts, sections } = outline;
  const organisation = options.letterhead?.organisation ?? "";
  const settle = open.length === 0 ? "" : section(texts.open, list(open.map(escapeHtml)));
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
${style.lines.join("\n")}
</style>
</head>
<body>
${organisation === "" ? "" : `<header><p>${escapeHtml(organisation)}</p></header>\n`}<main>
<h1>${escapeHtml(title)}</h1>
<p class="label"><strong>${escapeHtml(label)}</strong></p>
${about.map((line) => `<p>${escapeHtml(line)}</p>\n`).join("")}<dl class="facts">
${facts.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join("\n")}
</dl>
${settle}<div lang="${escapeHtml(outline.language)}">
${sections.map(({ heading, body }) => section(heading, bodyOf(body, texts, language))).join("")}</div>
</main>
</body>
</html>
`;
}

/** Text that means only itself, in an element and in an attribute. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

const section = (heading: string, body: string) => `<section>\n<h2>${escapeHtml(heading)}</h2>\n${body}\n</section>\n`;
const list = (items: readonly string[], tag = "ul") =>
  `<${tag}>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</${tag}>`;
const said = ({ text, source }: OutlineItem) =>
  `${escapeHtml(text)}${source === "" ? "" : ` <span class="source">${escapeHtml(source)}</span>`}`;

function bodyOf(body: OutlineBody, texts: ExportTexts, language: InterfaceLanguage): string {
  switch (body.kind) {
    case "note":
      return `<p class="note" lang="${language}">${escapeHtml(body.text)}</p>`;
    case "manual":
      return `<p class="note manual" lang="${language}">${escapeHtml(body.text)}</p>`;
    case "items":
      return list(body.items.map(said));
    case "quotes":
      return body.items.map((item) => `<blockquote><p>${said(item)}</p></blockquote>`).join("\n");
    case "terms":
      return `<dl>\n${body.terms
        .map(([word, meaning]) => `<dt>${escapeHtml(word)}</dt><dd>${escapeHtml(meaning)}</dd>`)
        .join("\n")}\n</dl>`;
    case "notes":
      return list(body.notes.map(escapeHtml), "ol");
    case "actions": {
      const cells = (tag: string, texts_: readonly string[]) =>
        `<tr>${texts_.map((text) => `<${tag}>${escapeHtml(text)}</${tag.split(" ")[0]}>`).join("")}</tr>`;
      return `<table>
<thead lang="${language}">${cells('th scope="col"', [texts.what, texts.who, texts.when, texts.source])}</thead>
<tbody>
${body.rows.map(({ what, who, when, source }) => cells("td", [what, who, when, source])).join("\n")}
</tbody>
</table>`;
    }
    case "talk":
      return body.lines
        .map(
          ({ time, speaker, text }) =>
            `<p>${speaker === "" ? "" : `<strong>${escapeHtml(speaker)}</strong> `}<span class="source">[${time}]</span> ${escapeHtml(text)}</p>`,
        )
        .join("\n");
  }
}
