// What the bench of summaries judges by: the score, the extracts it compares with, its meetings.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SummaryItem } from "../../electron/formats.ts";
import { loadBuiltInTemplates } from "../../electron/summary/templates.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { baselines } from "../bench/summaries/baselines.ts";
import { asHeard, type GoldMeeting, ownMeetings, readMeetings, toTranscript } from "../bench/summaries/gold-meeting.ts";
import { longMeeting, wordsOf } from "../bench/summaries/long-meeting.ts";
import { scoreSummary } from "../bench/summaries/score-summary.ts";

const line = (id: string, speaker: string, text: string) => ({ id, speaker, start: 0, end: 1, text });
const meeting: GoldMeeting = {
  name: "small",
  title: "Litet",
  template: "minnesanteckningar",
  date: "2026-03-10T09:00:00",
  lang: "sv",
  segments: [
    line("s1", "Rektor", "Anna ringer vårdcentralen på tisdag."),
    line("s2", "Kurator", "Nej, inte på tisdag, på onsdag."),
    line("s3", "Rektor", "Hyran är sextusen åttahundra i månaden, och det är fönstret som läcker."),
    line("s4", "Kurator", "Vi ses nästa gång i biblioteket, tror jag, om det inte är stängt för ombyggnad då."),
  ],
  gold: {
    facts: [{ id: "f1", text: "Hyran är 6 800 i månaden.", segments: ["s3"] }],
    decisions: [],
    concerns: [],
    voice: [],
    actions: [{ id: "a1", who: "Anna", what: "ringer vårdcentralen", when: "onsdag", segments: ["s1", "s2"] }],
    traps: [
      { id: "t1", wrong: "tisdag", right: "onsdag", segments: ["s1", "s2"], wrong_match: ["tisdag"], unless: "onsdag" },
    ],
  },
};
const score = (...items: SummaryItem[]) =>
  scoreSummary({ sections: [{ id: "a", heading: "Att göra", state: "filled", items }] }, meeting);

describe("the score of a summary", () => {
  const good = score(
    { text: "Anna ringer vårdcentralen på onsdag.", segments: ["s1", "s2"], who: "Anna", when: "onsdag" },
    { text: "Hyran är 6 800 kronor i månaden.", segments: ["s3"] },
  );
  test("what was said is found, in words or in figures, with who and when", () => {
    const { facts, actions, who, when, exist, trapError } = good;
    assert.deepEqual(
      { facts, actions, who, when, exist, trapError },
      { facts: 1, actions: 1, who: 1, when: 1, exist: 1, trapError: 0 },
    );
  });

  test("a wrong day and an invented citation cost", () => {
    const bad = score({ text: "Anna ringer vårdcentralen på tisdag.", segments: ["s1", "s9"], who: "Anna" });
    assert.deepEqual([bad.when, bad.trapError, bad.exist, bad.facts], [0, 1, 0.5, 0]);
    assert.ok(bad.headline < good.headline);
  });

  test("the same sentence twice, and the whole talk word for word, score less", () => {
    const twice = score(
      { text: "Hyran är 6 800 kronor i månaden.", segments: ["s3"] },
      { text: "Hyran är 6 800 kronor i månaden.", segments: ["s3"] },
    );
    const once = score({ text: "Hyran är 6 800 kronor i månaden.", segments: ["s3"] });
    assert.ok(twice.headline < once.headline);
    const whole = score(...meeting.segments.map(({ id, text }) => ({ text, segments: [id] })));
    assert.equal(whole.headline, 0);
  });

  test("an empty summary scores nothing", () => assert.equal(score().headline, 0));
});

describe("extracts", () => {
  for (const [name, extract] of Object.entries(baselines))
    test(`${name} keeps to a quarter of the words, cites what it takes, and is the same every time`, async () => {
      for (const one of await readMeetings(ownMeetings)) {
        const items = extract(one).sections.flatMap((section) => section.items);
        const words = (texts: readonly string[]): number => texts.join(" ").split(/\s+/u).length;
        const share = words(items.map(({ text }) => text)) / words(one.segments.map(({ text }) => text));
        assert.ok(items.length > 0 && share <= 0.25 * 1.2 + 0.02, `${one.name} ${String(share)}`);
        assert.ok(
          items.every(({ text, segments }) =>
            one.segments.some((said) => said.id === segments[0] && said.text === text),
          ),
        );
        assert.deepEqual(extract(one), extract(one));
      }
    });

  test("who knows the answers picks better than chance", async () => {
    for (const one of await readMeetings(ownMeetings)) {
      const [oracle, random] = [baselines["oracle"], baselines["random"]].map(
        (extract) => scoreSummary(extract?.(one) ?? { sections: [] }, one).headline,
      );
      assert.ok((oracle ?? 0) > (random ?? 0), one.name);
    }
  });
});

describe("meetings with gold answers", () => {
  test("every answer points at what was said, every template exists", async () => {
    const templates = new Set((await loadBuiltInTemplates()).map(({ id }) => id));
    for (const { name, template, segments, gold } of await readMeetings(ownMeetings)) {
      assert.ok(templates.has(template), `${name}: ${template}`);
      const ids = new Set(segments.map(({ id }) => id));
      const points = [
        ...gold.facts,
        ...gold.decisions,
        ...gold.concerns,
        ...gold.voice,
        ...gold.actions,
        ...gold.traps,
      ];
      for (const point of points)
        assert.ok(point.segments.length > 0 && point.segments.every((id) => ids.has(id)), `${name} ${point.id}`);
    }
  });

  test("the built-in engine falls into no trap of theirs, and beats every extract that does not know the answers", async () => {
    const templates = await loadBuiltInTemplates();
    for (const one of await readMeetings(ownMeetings)) {
      const template = templates.find(({ id }) => id === one.template);
      assert.ok(template);
      const own = scoreSummary(summarise([toTranscript(one)], template), one);
      assert.ok((own.trapError ?? 0) === 0, one.name);
      for (const name of ["lead", "random", "textrank", "centroid-mmr"])
        assert.ok(
          own.headline > scoreSummary(baselines[name]?.(one) ?? { sections: [] }, one).headline,
          `${one.name}: ${name}`,
        );
    }
  });

  test("as heard: no capital, no full stop, the same each time", async () => {
    for (const one of await readMeetings(ownMeetings)) {
      const heard = asHeard(one);
      assert.ok(heard.segments.every(({ text }) => text === text.toLowerCase() && !/[.,?]/u.test(text)));
      assert.deepEqual(heard, asHeard(one));
    }
  });

  test("a long meeting has the length asked for, and its lines differ from round to round", async () => {
    const own = (await readMeetings(ownMeetings)).filter(({ lang }) => lang === "sv");
    const long = longMeeting(own, 5000);
    assert.ok(wordsOf(long) >= 5000 && wordsOf(long) < 5100);
    assert.equal(new Set(long.segments.map(({ id }) => id)).size, long.segments.length);
    assert.ok(new Set(long.segments.map(({ text }) => text)).size > long.segments.length * 0.6);
  });
});
