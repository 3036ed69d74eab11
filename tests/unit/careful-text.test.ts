// What the recogniser gave against what was said: loops, phantom phrases, text on silence.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assembleText } from "../../electron/pipeline/assemble-text.ts";
import { isPhantom } from "../../electron/pipeline/drop-invented.ts";
import { findRepeats } from "../../electron/pipeline/find-repeats.ts";
import { assemble, said, textOf, voiceIn } from "./heard-text.ts";

describe("repetition", () => {
  test("runs are found with the shortest unit that covers most", () => {
    const run = (text: string) => findRepeats(text.split(""), { longest: 4, least: 3 });
    assert.deepEqual(run("xaaay"), [{ from: 1, unit: 1, times: 3, rest: 0 }]);
    assert.deepEqual(run("ababab"), [{ from: 0, unit: 2, times: 3, rest: 0 }]);
    assert.deepEqual(run("abcabcabcab"), [{ from: 0, unit: 3, times: 3, rest: 2 }]);
    assert.deepEqual(run("abab"), []);
    assert.deepEqual(findRepeats([null, null, null, null], { longest: 2, least: 3 }), []);
  });

  const real: readonly (readonly [string, number])[] = [
    ["Nej nej nej.", 1.1],
    ["Ja, ja, ja, ja, det vet jag.", 2],
    ["Nej nej nej nej nej nej nej nej!", 2.5],
    ["Jag vet inte, jag vet inte, jag vet inte.", 2.6],
    ["Mycket mycket mycket bättre än förut.", 2.6],
    ["Tack tack tack. Vi hörs på fredag.", 2.4],
    ["Ett ett två ett ett två är numret.", 2.4],
  ];
  for (const [text, seconds] of real) {
    test(`stays: ${text}`, async () => {
      const { segments, dropped } = await assemble([said(1, 1 + seconds, text)], voiceIn([1, 1 + seconds]));
      assert.deepEqual([textOf(segments), dropped], [text, {}]);
    });
  }

  test("stays: a sentence that is said four times over, with pauses between", async () => {
    const times = [1, 3.5, 6, 8.5];
    const segments = times.map((at) => said(at, at + 1.5, "Jag vill inte dit."));
    const voice = voiceIn(...times.map((at) => [at, at + 1.5] as const));
    const result = await assemble(segments, voice);
    assert.deepEqual([result.segments.length, result.dropped], [4, {}]);
  });

  test("stays: short answers, however many", async () => {
    const times = Array.from({ length: 9 }, (_, i) => 1 + i * 2);
    const segments = times.map((at) => said(at, at + 0.4, "Ja."));
    const { dropped } = await assemble(segments, voiceIn(...times.map((at) => [at, at + 0.4] as const)));
    assert.deepEqual(dropped, {});
  });

  test("goes: more than the voice can have held, in one segment", async () => {
    const text = `Då ses vi. ${"Tack. ".repeat(30)}`.trim();
    const { segments, dropped } = await assemble([said(1, 4, text)], voiceIn([1, 2.6]));
    assert.match(textOf(segments), /^Då ses vi\.( Tack\.){1,3}$/u);
    assert.ok((dropped["loop"] ?? 0) >= 27);
  });

  test("goes: a phrase over and over, at any speed, with its cut-off end", async () => {
    const text = `${"Det är det som är frågan, ".repeat(9)}det är`;
    const { segments, dropped } = await assemble([said(0, 20, text)], voiceIn([0, 20]));
    assert.equal(textOf(segments), "Det är det som är frågan,");
    assert.deepEqual(dropped, { loop: 8 });
  });

  test("goes: the same sentence stamped on speech that goes on, and the time is marked", async () => {
    const segments = Array.from({ length: 10 }, (_, i) => said(i * 2, i * 2 + 2, "Jag tror att det är så."));
    const result = await assemble(segments, voiceIn([0, 20]));
    assert.deepEqual(
      result.segments.map(({ text, state, startMs, endMs }) => [text, state, startMs, endMs]),
      [
        ["Jag tror att det är så.", undefined, 0, 2000],
        ["", "not-transcribed", 2000, 20_000],
      ],
    );
    assert.deepEqual(result.dropped, { loop: 9 });
  });

  test("goes: two sentences in turn, on no voice at all", async () => {
    const segments = Array.from({ length: 8 }, (_, i) =>
      said(5 + i, 6 + i, i % 2 === 0 ? "Hur mår du i dag?" : "Jag mår bra."),
    );
    const { segments: left, dropped } = await assemble(segments, voiceIn([5, 6]));
    assert.deepEqual([textOf(left), dropped], ["Hur mår du i dag? Jag mår bra.", { loop: 3 }]);
  });

  test("goes: a loop that runs on from window to window", async () => {
    const spans = [0, 1, 2, 3].map((i) => ({ startMs: i * 10_000, endMs: (i + 1) * 10_000 }));
    const results = new Map(
      spans.map((_, index) => [
        index,
        { language: "sv", segments: [said(0, 10, "Vi ska titta på det.")], dropped: {} },
      ]),
    );
    const windows = spans.map((span) => ({ spans: [span] }));
    const { segments, dropped } = await assembleText({ windows, results, language: "sv", voice: voiceIn([0, 40]) });
    assert.equal(segments.filter(({ text }) => text !== "").length, 1);
    assert.deepEqual(dropped, { loop: 3 });
  });
});

describe("phantom phrases", () => {
  const known = [
    "Textning Anna Exempel www.btistudios.com",
    "Undertexter av Amara.org-gemenskapen",
    "Svensktextning.nu",
    "Översättning: Anna Exempel",
    "Tack för att du tittade!",
    "Tack för att ni har lyssnat på den här videon.",
    "Musik",
    "Thanks for watching!",
    "Thank you very much for watching until the end.",
    "Untertitel im Auftrag des ZDF für funk, 2017",
    "Sous-titres réalisés par la communauté d'Amara.org",
    "Субтитры сделал Пример",
    "ご視聴ありがとうございました",
    "♪♪",
  ];
  for (const phrase of known) {
    test(`goes where neither voice nor probability speaks for it: ${phrase}`, async () => {
      const segments = [said(1, 3, "Då börjar vi."), said(12, 15, phrase, { confidence: 0.6 })];
      const { segments: left, dropped } = await assemble(segments, voiceIn([1, 3], [12.4, 12.5]));
      assert.deepEqual([textOf(left), dropped], ["Då börjar vi.", { phantom: 1 }]);
    });
  }

  test("stays where the voice speaks for it, or the model is sure", async () => {
    const text = "Tack för att ni lyssnade.";
    const spoken = await assemble([said(12, 14, text, { confidence: 0.5 })], voiceIn([12.2, 13.9]));
    const sure = await assemble([said(12, 14, text, { confidence: 0.97 })], voiceIn([1, 2]));
    for (const { segments, dropped } of [spoken, sure]) assert.deepEqual([textOf(segments), dropped], [text, {}]);
  });

  test("nothing goes where voice or probability is unknown", async () => {
    const { confidence: _, ...unknown } = said(12, 14, "Thank you.");
    assert.deepEqual((await assemble([unknown], voiceIn([1, 2]))).dropped, {});
    assert.deepEqual((await assemble([said(12, 14, "Thank you.", { confidence: 0.1 })], null)).dropped, {});
  });

  test("a credit after a sentence goes without it", async () => {
    const words = [
      { text: "Vi", startMs: 1000, endMs: 1300, confidence: 0.9 },
      { text: "ses.", startMs: 1300, endMs: 2000, confidence: 0.9 },
      { text: "Textning.nu", startMs: 8000, endMs: 9000, confidence: 0.4 },
    ];
    const segment = said(1, 9, "Vi ses. Textning.nu", { words, timing: "measured" });
    const { segments, dropped } = await assemble([segment], voiceIn([1, 2]));
    assert.deepEqual([segments[0]?.text, segments[0]?.endMs, dropped], ["Vi ses.", 2000, { phantom: 1 }]);
  });

  test("what people say in meetings is none", () => {
    const sentences = [
      "Tack för idag.",
      "Tack för att du kom.",
      "Texten är för lång.",
      "Textilslöjden börjar klockan tio.",
      "Vi ses i nästa vecka.",
      "Musiken hjälper honom att sova.",
      "Översättaren kommer på fredag.",
      "Du kan titta på filmen hemma.",
      "Thank you for coming.",
      "You can call me tomorrow.",
      "Kan du prata?",
    ];
    for (const sentence of sentences) assert.ok(!isPhantom(sentence), sentence);
  });
});

describe("text on silence", () => {
  test("goes where there is no voice and the model doubts", async () => {
    const segments = [said(1, 3, "Då börjar vi."), said(10, 12, "Jag heter nog någonting.", { confidence: 0.3 })];
    const { segments: left, dropped } = await assemble(segments, voiceIn([1, 3]));
    assert.deepEqual([textOf(left), dropped], ["Då börjar vi.", { "no-speech": 1 }]);
  });

  test("goes sooner in a window that began as silence", async () => {
    const segments = [said(10, 12, "Jag heter nog någonting.", { confidence: 0.6 })];
    assert.deepEqual((await assemble(segments, voiceIn([1, 3]))).dropped, {});
    assert.deepEqual((await assemble(segments, voiceIn([1, 3]), { noSpeechProbability: 0.8 })).dropped, {
      "no-speech": 1,
    });
  });

  test("stays: a whisper that voice activity missed and the model heard", async () => {
    const { dropped } = await assemble([said(10, 12, "Jag vågar inte gå hem.", { confidence: 0.8 })], voiceIn([1, 3]));
    assert.deepEqual(dropped, {});
  });

  test("stays: a doubtful word with voice, in a segment that is too long for it", async () => {
    const { dropped } = await assemble([said(10, 25, "Jo.", { confidence: 0.3 })], voiceIn([11, 11.4]));
    assert.deepEqual(dropped, {});
  });
});
