// The window's pure parts: times and days in words, paragraphs, search passages, addresses.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { createInstance } from "i18next";
import ICU from "i18next-icu";
import type { Job, Meeting, ModelInfo } from "../../electron/contract.ts";
import type { Segment } from "../../electron/formats.ts";
import { firstChoices } from "../../renderer/first-start/first-choices.ts";
import { stageNews } from "../../renderer/jobs/stage-news.ts";
import { sortMeetings } from "../../renderer/library/filter.ts";
import { groupByDay } from "../../renderer/library/group-by-day.ts";
import { paragraphIndex, segmentAt, toParagraphs } from "../../renderer/meeting/paragraphs.ts";
import { toLiveParagraphs } from "../../renderer/recording/live-paragraphs.ts";
import { addressOf, parseAddress, type Route, settingsPages } from "../../renderer/state/route.ts";
import en from "../../renderer/texts/en.json" with { type: "json" };
import sv from "../../renderer/texts/sv.json" with { type: "json" };
import { activeJobOf, retryableJobOf } from "../../renderer/words/job-words.ts";
import { passageParts } from "../../renderer/words/passage.ts";
import { sizeInWords } from "../../renderer/words/size.ts";
import { clock, dayInWords, lengthInWords, timeLeft } from "../../renderer/words/time.ts";

const texts = createInstance();
await texts
  .use(ICU)
  .init({ lng: "sv", ns: ["texts"], defaultNS: "texts", resources: { sv: { texts: sv }, en: { texts: en } } });
const [t, tEnglish] = [texts.getFixedT("sv", "texts"), texts.getFixedT("en", "texts")];

describe("times in words", () => {
  test("a place in the sound is read as on a dictaphone", () => {
    assert.deepEqual([0, 42_999, 727_000, 3_723_000].map(clock), ["00:00", "00:42", "12:07", "1:02:03"]);
  });

  test("a length is whole minutes, and hours when there are any", () => {
    const words = [0, 29_000, 38 * 60_000, 60 * 60_000, 64 * 60_000].map((ms) => lengthInWords(ms, t));
    assert.deepEqual(words, ["under 1 min", "under 1 min", "38 min", "1 tim", "1 tim 4 min"]);
  });

  test("time left is rounded up, coarser when there is much of it", () => {
    const words = [null, 20_000, 3.2 * 60_000, 31 * 60_000, 121 * 60_000].map((ms) => timeLeft(ms, tEnglish));
    assert.deepEqual(words, [
      "working out the time",
      "less than a minute left",
      "about 4 min left",
      "about 35 min left",
      "about 2 h 5 min left",
    ]);
  });

  test("days near now have their own words, and a year stands where it is needed", () => {
    const now = new Date("2026-03-11T08:00");
    const words = (iso: string) => dayInWords(iso, now, "sv", t);
    assert.deepEqual(["2026-03-11T07:00", "2026-03-10T23:59", "2026-03-05T12:00", "2024-12-24T12:00"].map(words), [
      "I dag",
      "I går",
      "Torsdag 5 mars",
      "24 december 2024",
    ]);
  });

  test("sizes are written as the language writes numbers", () => {
    assert.deepEqual(
      [sizeInWords(1.55e9, "sv"), sizeInWords(1.5e9, "en"), sizeInWords(290e6, "sv")],
      ["1,6 GB", "1.5 GB", "290 MB"],
    );
  });
});

const segments: fc.Arbitrary<Segment[]> = fc
  .array(
    fc.record({
      gapMs: fc.nat(9000),
      lengthMs: fc.nat(20_000),
      speaker: fc.constantFrom("A", "B", undefined),
      text: fc.string({ maxLength: 200 }),
    }),
    { maxLength: 60 },
  )
  .map((parts) => {
    let atMs = 0;
    return parts.map(({ gapMs, lengthMs, speaker, text }, index) => {
      const startMs = atMs + gapMs;
      atMs = startMs + lengthMs;
      return { id: `s${index}`, startMs, endMs: atMs, text, ...(speaker === undefined ? {} : { speaker }) };
    });
  });

describe("paragraphs", () => {
  test("hold every segment once, in order, and never two speakers", () => {
    fc.assert(
      fc.property(segments, (all) => {
        const paragraphs = toParagraphs(all);
        assert.deepEqual(
          paragraphs.flatMap((paragraph) => paragraph.segments),
          all,
        );
        for (const { segments: own, speaker } of paragraphs)
          assert.ok(own.every((segment) => (segment.speaker ?? null) === speaker));
        const index = paragraphIndex(paragraphs);
        for (const { id } of all)
          assert.ok(paragraphs[index.get(id) ?? -1]?.segments.some((segment) => segment.id === id));
      }),
    );
  });

  test("name a speaker exactly where another one spoke before", () => {
    fc.assert(
      fc.property(segments, (all) => {
        const paragraphs = toParagraphs(all);
        paragraphs.forEach(({ speaker, newSpeaker }, index) => {
          assert.equal(newSpeaker, index === 0 || paragraphs[index - 1]?.speaker !== speaker);
        });
      }),
    );
  });

  test("the segment heard at a time is the last that has begun", () => {
    fc.assert(
      fc.property(segments, fc.nat(900_000), (all, atMs) => {
        assert.equal(segmentAt(all, atMs)?.startMs, all.findLast((segment) => segment.startMs <= atMs)?.startMs);
      }),
    );
  });
});

describe("search passages", () => {
  test("are told apart without losing a letter", () => {
    assert.deepEqual(
      passageParts("Hur hög är \uE000hyran\uE001?").map(({ text, hit }) => ({ text, hit })),
      [
        { text: "Hur hög är ", hit: false },
        { text: "hyran", hit: true },
        { text: "?", hit: false },
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.string({ minLength: 1 }))), (parts) => {
        const passage = parts.map(([hit, text]) => (hit ? `\uE000${text}\uE001` : text)).join("");
        const read = passageParts(passage);
        assert.equal(read.map(({ text }) => text).join(""), parts.map(([, text]) => text).join(""));
        assert.equal(read.filter(({ hit }) => hit).length, parts.filter(([hit]) => hit).length);
        assert.equal(new Set(read.map(({ at }) => at)).size, read.length);
      }),
    );
  });
});

describe("addresses", () => {
  test("lead back to the view they came from", () => {
    const id = fc.string({ minLength: 1, maxLength: 64, unit: "grapheme" });
    const routes: fc.Arbitrary<Route> = fc.oneof(
      fc.constant<Route>({ view: "library" }),
      fc.constant<Route>({ view: "first-start" }),
      fc.constantFrom(...settingsPages).map((page): Route => ({ view: "settings", page })),
      fc.tuple(id, fc.option(id)).map(([meeting, segmentId]): Route => ({ view: "meeting", id: meeting, segmentId })),
    );
    fc.assert(fc.property(routes, (route) => assert.deepEqual(parseAddress(addressOf(route)), route)));
  });

  test("anything else is the library", () => {
    for (const address of ["", "#", "#/", "#/nothing", "#/meeting", "#/meeting/", "#/meeting/%E0%A4%A"]) {
      assert.deepEqual(parseAddress(address), { view: "library" });
    }
  });
});

describe("the library's days", () => {
  const meeting = (id: string, recordedAt: string) => ({ id, recordedAt, createdAt: "" }) as Meeting;

  test("come latest first, with every meeting once", () => {
    const held = [
      meeting("a", "2026-03-09T10:00:00"),
      meeting("b", "2026-03-10T09:00:00"),
      meeting("c", "2026-03-10T15:00:00"),
    ];
    const days = groupByDay(sortMeetings(held, "latest", "sv"));
    assert.deepEqual(
      days.map(({ date, meetings }) => [date, meetings.map(({ id }) => id)]),
      [
        ["2026-03-10", ["c", "b"]],
        ["2026-03-09", ["a"]],
      ],
    );
  });
});

describe("jobs", () => {
  const job = (more: Partial<Job>): Job => ({
    id: "j",
    meetingId: "m",
    task: { kind: "summarise", templateId: "t" },
    state: "running",
    stage: "transcribe",
    fraction: 0,
    leftMs: null,
    error: null,
    createdAt: "2026-03-10T10:00:00Z",
    ...more,
  });

  test("a meeting's row speaks of what runs, before what waits", () => {
    const jobs = [job({ id: "a", state: "queued" }), job({ id: "b" }), job({ id: "c", meetingId: "other" })];
    assert.equal(activeJobOf("m", jobs)?.id, "b");
    assert.equal(activeJobOf("nobody", jobs), undefined);
  });

  test("only the latest job can be tried again, and only if it came to nothing", () => {
    const failed = job({ id: "a", state: "failed" });
    assert.equal(retryableJobOf("m", [failed])?.id, "a");
    assert.equal(
      retryableJobOf("m", [failed, job({ id: "b", state: "done", createdAt: "2026-03-10T11:00:00Z" })]),
      undefined,
    );
  });

  test("a screen reader hears that a stage is done, once, and nothing in between", () => {
    const running = job({ stage: "transcribe" });
    assert.equal(stageNews(running, { ...running, fraction: 0.5 }, "Hembesök", t), null);
    assert.equal(stageNews(running, { ...running, stage: "summarise" }, "Hembesök", t), "Hembesök är transkriberat.");
    assert.equal(stageNews(running, { ...running, state: "done" }, "Hembesök", t), "Hembesök är klart att granska.");
    assert.equal(stageNews(undefined, { ...running, state: "done" }, "Hembesök", t), null);
  });
});

describe("the first choice of models", () => {
  const models = ["tiny", "base", "small", "medium", "large"].map(
    (id) => ({ id, recommended: id === "base", state: "absent" }) as ModelInfo,
  );
  const ids = (list: readonly ModelInfo[]) => firstChoices(list).map(({ id }) => id);

  test("is the recommended one between its neighbours", () => {
    assert.deepEqual(ids(models), ["tiny", "base", "small"]);
    assert.deepEqual(ids(models.map((model) => ({ ...model, recommended: model.id === "large" }))), [
      "small",
      "medium",
      "large",
    ]);
    assert.deepEqual(ids(models.map((model) => ({ ...model, recommended: false }))), ["tiny", "base", "small"]);
    assert.deepEqual(ids([]), []);
  });

  test("never hides one that is being downloaded", () => {
    const busy = models.map((model) => (model.id === "large" ? { ...model, state: "downloading" as const } : model));
    assert.deepEqual(ids(busy), ["tiny", "base", "small", "large"]);
  });
});

describe("live text in paragraphs", () => {
  const line = (startMs: number, endMs: number, text: string) => ({ startMs, endMs, text, state: "heard" as const });

  test("what follows without a longer pause joins the last paragraph, which keeps its name", () => {
    const lines = [line(0, 2000, "Ett."), line(2600, 4000, "Två."), line(9000, 9500, "Tre.")];
    const grown = [...lines, line(10_000, 11_000, "Fyra.")];
    const shape = (all: typeof lines) => toLiveParagraphs(all).map((one) => [one.startMs, one.lines.length]);
    assert.deepEqual(shape(lines), [
      [0, 2],
      [9000, 1],
    ]);
    assert.deepEqual(shape(grown), [
      [0, 2],
      [9000, 2],
    ]);
  });

  test("every line is in one paragraph, in order", () => {
    const lines = fc.array(fc.tuple(fc.nat(6000), fc.nat(6000), fc.string({ maxLength: 200 }))).map((parts) => {
      let atMs = 0;
      return parts.map(([pauseMs, lengthMs, text]) => line((atMs += pauseMs), (atMs += lengthMs), text));
    });
    fc.assert(
      fc.property(lines, (all) => {
        const paragraphs = toLiveParagraphs(all);
        assert.deepEqual(
          paragraphs.flatMap((one) => one.lines),
          all,
        );
        assert.ok(paragraphs.every((one) => one.startMs === one.lines[0]?.startMs));
      }),
    );
  });
});
