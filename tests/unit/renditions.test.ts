// A summary in other languages and in plain words: what the check across figures, dates and names notices and lets pass, what
// becomes of what a model leaves out, and when it goes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Summary } from "../../electron/formats.ts";
import type { TextModel, TextRequest } from "../../electron/inference/language-protocol.ts";
import { renditionText } from "../../electron/export/rendition-text.ts";
import type { Rendition, RenditionKind } from "../../electron/renditions.ts";
import { renderSummary } from "../../electron/summary/generative/render-summary.ts";
import { checkRendition } from "../../electron/summary/rendition/check-rendition.ts";
import { meeting as newMeeting, summary as smallSummary, temporaryStore, transcript } from "./store-fixtures.ts";

const names = new Set(["Amira", "Nilsson", "Erik", "Karin", "Sala"]);
const rent = "Klienten Amira Nilsson har betalat hyran på 4 500 kronor för februari men inte för mars.";
const meeting = "Nästa möte är fredag den 13 mars 2026 klockan 14.30 hos Erik i Sala.";
const children = "Hon har två barn, 6 och 8 år.";

/** Right translations, by hand. */
const right: readonly (readonly [source: string, to: string, text: string])[] = [
  [rent, "en", "The client Amira Nilsson has paid the rent of SEK 4,500 for February but not for March."],
  [rent, "ar", "العميلة Amira Nilsson دفعت الإيجار 4500 كرونة عن فبراير ولكن ليس عن مارس."],
  [rent, "ar", "العميلة Amira Nilsson دفعت الإيجار ٤٬٥٠٠ كرونة عن شباط ولكن ليس عن آذار."],
  [rent, "uk", "Клієнтка Amira Nilsson сплатила оренду 4500 крон за лютий, але не за березень."],
  [rent, "so", "Macmiilka Amira Nilsson waxay bixisay kirada 4 500 oo karoon Febraayo laakiin ma aha Maarso."],
  [rent, "sv", "Amira Nilsson har betalat hyran för februari. Hyran är 4 500 kronor. Hon har inte betalat för mars."],
  [meeting, "en", "The next meeting is on Friday 13 March 2026 at 14:30 at Erik's in Sala."],
  [meeting, "ar", "الاجتماع القادم يوم الجمعة 13 مارس 2026 الساعة 14:30 عند Erik في Sala."],
  [meeting, "uk", "Наступна зустріч у п'ятницю, 13 березня 2026 року о 14:30 у Erik в Sala."],
  [meeting, "so", "Kulanka xiga waa Jimce 13 Maarso 2026 saacadda 14:30 guriga Erik ee Sala."],
  [children, "en", "She has two children, 6 and 8 years old."],
  [children, "en", "She has 2 children, 6 and 8 years old."],
  [children, "uk", "У неї двоє дітей, 6 і 8 років."],
];

/** One thing made false in each right one, in whatever language. */
function wrongOnes(text: string): readonly (readonly [what: string, text: string])[] {
  const swaps: readonly (readonly [string, RegExp, string])[] = [
    ["a sum", /4[ ,]?500|٤٬٥٠٠/u, "5400"],
    ["a day", /\b13\b/u, "14"],
    ["a time", /14:30/u, "15:30"],
    ["an age", /\b8\b/u, "9"],
    ["a name", /Amira/u, "Amina"],
    ["a place", /Sala/u, "Sollefteå"],
    ["a person", /Erik/u, "Karin"],
    ["a name that is gone", / Nilsson/u, ""],
    ["a year that is gone", / 2026( року)?/u, ""],
    ["a month", /March|مارس|آذار|березень|березня|Maarso|mars(?=\.)/u, "§"],
    ["a weekday", /Friday|الجمعة|п'ятницю|Jimce/u, "§"],
  ];
  return swaps.flatMap(([what, from, to]) => (from.test(text) ? [[what, text.replace(from, to)] as const] : []));
}
const otherMonth = { en: "May", ar: "مايو", uk: "травень", so: "Abriil", sv: "maj" } as const;
const otherDay = { en: "Monday", ar: "الاثنين", uk: "понеділок", so: "Isniin", sv: "måndag" } as const;

describe("the check across two languages", () => {
  for (const [source, to, text] of right) {
    test(`lets a right one pass: ${to}, ${text}`, () => {
      assert.deepEqual(checkRendition(source, text, { from: "sv", to, names }), []);
    });
    for (const [what, wrong] of wrongOnes(text)) {
      const key = to as keyof typeof otherMonth;
      const other = what === "a weekday" ? otherDay[key] : otherMonth[key];
      for (const made of wrong.includes("§") ? [wrong.replace("§", other), wrong.replace("§", "")] : [wrong])
        test(`notices ${what} in ${to}: ${made}`, () => {
          assert.notDeepEqual(checkRendition(source, made, { from: "sv", to, names }), []);
        });
    }
  }

  test("notices what was not translated at all, or into another script", () => {
    const found = (text: string, to: string) =>
      checkRendition(rent, text, { from: "sv", to, names }).map(({ code }) => code);
    assert.deepEqual(found(rent, "en").includes("not-translated"), true);
    assert.deepEqual(found("Amira Nilsson betalade.", "ar").includes("not-translated"), true);
  });

  test("says which, as it stands", () => {
    assert.deepEqual(
      checkRendition(meeting, "The next meeting is on Friday 13 March at 14:30 at Karin's in Sala.", {
        from: "sv",
        to: "en",
        names,
      }),
      [
        { code: "number-missing", detail: "2026" },
        { code: "name-missing", detail: "Erik" },
        { code: "name-added", detail: "Karin" },
      ],
    );
  });
});

const item = (text: string, more: object = {}) => ({ text, segments: ["s1"], support: "supported" as const, ...more });
const summary: Summary = {
  lyssna: "summary/1",
  template: { id: "prov", version: 1 },
  engine: { id: "builtin", version: "1" },
  language: "sv",
  sections: [
    { id: "a", heading: "Ekonomi", state: "filled", items: [item(rent), item(children)] },
    { id: "b", heading: "Boende", state: "not-mentioned", items: [] },
    { id: "c", heading: "Framåt", state: "filled", items: [item(meeting, { support: "unsupported" })] },
  ],
  unplaced: [],
};
const english: Readonly<Record<string, string>> = {
  Ekonomi: "Economy",
  [rent]: right[0]?.[2] ?? "",
  [children]: "She has two children, 6 and 8 years old.",
  Framåt: "Ahead",
  [meeting]: "The next meeting is on Friday 13 March 2026 at 14:30 at Erik's in Sala.",
};

/** Answers each line of the prompt by `say`; null leaves it out. */
function translator(contextTokens: number, say: (text: string) => string | null) {
  const asked: TextRequest[] = [];
  const model: TextModel = {
    contextTokens,
    countTokens: async (texts) => texts.map((text) => Math.ceil(Buffer.byteLength(text) / 3)),
    async answer(request) {
      asked.push(request);
      const tokens = Buffer.byteLength(request.system + request.task) / 3 + request.maxTokens;
      assert.ok(tokens <= contextTokens, "more than the model can read at once");
      const items = [...request.task.matchAll(/^(\d+): (".*")$/gmu)].flatMap(([, n, quote = '""']) => {
        const text = say(JSON.parse(quote) as string);
        return text === null ? [] : [{ n, text }];
      });
      return { text: JSON.stringify({ items }), isWhole: true };
    },
  };
  return { model, asked };
}
const render = (model: TextModel, kind: RenditionKind, of: Summary = summary) =>
  renderSummary(of, kind, {
    model,
    engine: { id: "script", version: "1" },
    signal: new AbortController().signal,
    report: () => {},
    now: () => new Date("2026-03-10T10:00:00Z"),
    people: ["Amira Nilsson", "Erik"],
    masked: false,
  });

describe("a summary in another language", () => {
  test("has every heading and sentence, each with the one that it was made of", async () => {
    const { model } = translator(8192, (text) => english[text] ?? null);
    const { sections, language } = await render(model, "en");
    assert.equal(language, "en");
    assert.deepEqual(
      sections.map(({ heading, items }) => [heading, items.map(({ text, of, doubts }) => [text, of, doubts])]),
      [
        [
          "Economy",
          [
            [english[rent], rent, []],
            [english[children], children, []],
          ],
        ],
        ["Ahead", [[english[meeting], meeting, [{ code: "no-support", detail: "" }]]]],
      ],
    );
  });

  test("asks once more for what was left out, and says so if it is left out again", async () => {
    const { model, asked } = translator(8192, (text) => (text === children ? null : (english[text] ?? "")));
    const { sections } = await render(model, "en");
    assert.equal(asked.length, 2);
    assert.deepEqual(sections[0]?.items[1], { text: "", of: children, doubts: [{ code: "left-out", detail: "" }] });
    const text = renditionText(await render(model, "en"), "sv");
    assert.match(text, /^Översatt av en språkmodell\. Får inte lämnas ut oläst av någon som kan språket\.\n/u);
    assert.ok(text.includes(`Inte översatt: ${children}`));
  });

  test("is marked where a model changes a figure, and shows no sign that turns the writing around", async () => {
    const { model } = translator(8192, (text) => `\u202E${(english[text] ?? "").replace("4,500", "5,400")}\u202C`);
    const [first] = (await render(model, "en")).sections[0]?.items ?? [];
    assert.equal(first?.text, english[rent]?.replace("4,500", "5,400"));
    assert.deepEqual(
      first?.doubts.map(({ code }) => code),
      ["number-missing", "number-added"],
    );
  });

  test("is made in groups that a small model can read, and refused where even one is too much", async () => {
    const many = Array.from({ length: 40 }, (_, at) => item(`${String(at + 1)}: ${rent}`));
    const long: Summary = { ...summary, sections: [{ id: "a", heading: "Ekonomi", state: "filled", items: many }] };
    const { model, asked } = translator(1400, (text) => text);
    assert.equal((await render(model, "plain", long)).sections[0]?.items.length, 40);
    assert.ok(asked.length > 4);
    await assert.rejects(render(translator(350, (text) => text).model, "plain", long), { code: "prompt-too-long" });
  });

  test("is refused in its own language, and of nothing", async () => {
    const { model } = translator(8192, (text) => text);
    await assert.rejects(render(model, "sv"), { code: "nothing-to-render" });
    await assert.rejects(render(model, "en", { ...summary, sections: [] }), { code: "nothing-to-render" });
    assert.equal((await render(model, "plain")).language, "sv");
  });

  test("gives nothing for an answer of another shape", async () => {
    for (const text of ["", "[]", '{"items":[{"n":"7","text":"x"}]}', '{"items":[7,{"n":{},"text":1}]}']) {
      const model: TextModel = {
        contextTokens: 8192,
        countTokens: async (texts) => texts.map(() => 10),
        answer: async () => ({ text, isWhole: true }),
      };
      const { sections } = await render(model, "en");
      assert.ok(
        sections.every(({ items }) => items.every(({ doubts }) => doubts.some(({ code }) => code === "left-out"))),
      );
    }
  });
});

describe("what is kept in other words", () => {
  const kept = (kind: RenditionKind, text: string): Rendition => ({
    kind,
    language: kind,
    engine: { id: "script", version: "1" },
    madeAt: "2026-03-10T10:00:00Z",
    masked: false,
    sections: [{ id: "a", heading: "A", items: [{ text, of: rent, doubts: [] }] }],
  });

  test("is one of each kind, and goes with what was struck, with the summary and with the meeting", async (t) => {
    const { store } = await temporaryStore(t);
    const made = async () => {
      const { id } = await store.createMeeting(newMeeting());
      await store.saveTranscript(id, transcript([rent, meeting]));
      await store.addSummary(id, smallSummary([rent]));
      await store.saveRendition(id, kept("ar", "1"));
      await store.saveRendition(id, kept("en", "2"));
      await store.saveRendition(id, kept("ar", "3"));
      return id;
    };
    const id = await made();
    assert.deepEqual(await store.listRenditions(id), [kept("ar", "3"), kept("en", "2")]);
    await store.addSummary(id, smallSummary([rent]));
    await store.removeRendition(id, "en");
    assert.deepEqual(await store.listRenditions(id), [kept("ar", "3")]);
    await store.strikeSegments(id, ["s1"]);
    assert.deepEqual(await store.listRenditions(id), []);

    const withdrawn = await made();
    await store.withdrawFrom(withdrawn, 0);
    assert.deepEqual(await store.listRenditions(withdrawn), []);
    await store.deleteMeeting(withdrawn);
    await assert.rejects(store.listRenditions(withdrawn), { code: "not-found" });
  });
});
