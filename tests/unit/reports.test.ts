// Several meetings → one report: what it says and cites, and how the app keeps it.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { type App, createApp } from "../../electron/app.ts";
import { type Summary, summarySchema, type Transcript } from "../../electron/formats.ts";
import { checkEvidence } from "../../electron/summary/evidence/check-evidence.ts";
import { inTimeOrder } from "../../electron/summary/report/several-meetings.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { temporaryFolder } from "./store-fixtures.ts";
import { homeVisit, plain, talk } from "./talks.ts";

const itemsOf = (summary: Summary): Summary["unplaced"] => [
  ...summary.sections.flatMap(({ items }) => items),
  ...summary.unplaced,
];

const march = talk(
  [
    "Handläggare: Hur har du det med boendet?",
    "Klient: Jag bor i en etta på Storgatan. Hyran är 6 800 kronor i månaden.",
    "Klient: Jag är orolig för pengarna och sover dåligt på nätterna.",
    "Handläggare: Jag skickar en blankett om bostadsbidrag till dig på fredag.",
    "Klient: Tack, det blir bra.",
  ],
  { title: "Första mötet", recordedAt: "2026-03-12T09:00:00" },
);
const april = talk(
  [
    "Handläggare: Hur har det gått sedan sist?",
    "Klient: Jag bor i en etta på Storgatan. Hyran är 7 200 kronor i månaden.",
    "Klient: Blanketten om bostadsbidrag har jag fått och skickat in.",
    "Klient: Jag har börjat en kurs i svetsning på komvux i Vetlanda.",
    "Handläggare: Vad roligt att höra.",
  ],
  { title: "Andra mötet", recordedAt: "2026-04-09T09:00:00" },
);

describe("a report over two meetings", () => {
  const report = summarise([march, april], plain);
  const find = (words: RegExp) => itemsOf(report).find(({ text }) => words.test(text));
  test("is a valid summary/1 that lists its meetings", () => {
    assert.doesNotThrow(() => summarySchema.parse(report));
    assert.deepEqual(report.sources, [
      { id: "m1", title: "Första mötet", recordedAt: "2026-03-12T09:00:00" },
      { id: "m2", title: "Andra mötet", recordedAt: "2026-04-09T09:00:00" },
    ]);
  });
  test("says what differs side by side", () => {
    assert.deepEqual(report.conflicts, [
      {
        about: "Hyran",
        statements: [
          { text: "Hyran är 6 800 kronor i månaden.", segments: ["m1:s2"], who: "Klienten" },
          { text: "Hyran är 7 200 kronor i månaden.", segments: ["m2:s2"], who: "Klienten" },
        ],
      },
    ]);
  });
  test("says what is new since last time, and nothing else as new", () => {
    assert.equal(find(/svetsning/u)?.isNew, true);
    assert.equal(find(/orolig/u)?.isNew, undefined);
    assert.ok(itemsOf(report).every(({ isNew, segments }) => isNew === undefined || segments[0]?.startsWith("m2:")));
  });
  test("says of an action what was said of it later", () => {
    const sent = itemsOf(report).find(({ what }) => what !== undefined && /blankett/u.test(what));
    assert.deepEqual(
      sent?.later?.map(({ segments }) => segments),
      [["m2:s3"]],
    );
  });
  test("tells once what was said in both, with the passages of both", () => {
    assert.deepEqual(
      itemsOf(report)
        .filter(({ text }) => /Storgatan/u.test(text))
        .map(({ segments }) => segments),
      [["m1:s2", "m2:s2"]],
    );
  });
  test("never mixes two meetings in one statement", () => {
    const twice = itemsOf(report).filter(({ segments }) => new Set(segments.map((id) => id.slice(0, 2))).size > 1);
    for (const { text } of twice) assert.ok(/Storgatan/u.test(text), text);
  });
  test("loses what rests on words that are struck, and keeps what a deleted meeting said", () => {
    const struck = {
      ...april,
      segments: april.segments.map((segment) =>
        segment.id === "s1" ? segment : { ...segment, state: "struck" as const },
      ),
    };
    const left = checkEvidence(report, [march, struck]);
    assert.deepEqual(left.conflicts, []);
    assert.ok(itemsOf(left).every(({ later }) => later === undefined));
    const gone = checkEvidence(report, [march, { ...april, segments: [] }]);
    assert.deepEqual(gone.conflicts, report.conflicts);
  });
  test("is the same each time", () => assert.deepEqual(summarise([march, april], plain), report));
});

describe("what two meetings say", () => {
  const says = (...lines: readonly string[]): Summary =>
    summarise(
      lines.map((line, at) => talk([line], { recordedAt: `2026-0${String(at + 3)}-12T09:00:00` })),
      plain,
    );
  const told = (summary: Summary, words: RegExp): readonly (readonly string[])[] =>
    itemsOf(summary)
      .filter(({ text }) => words.test(text))
      .map(({ segments }) => segments);
  test("in the same words is told once, with both passages", () => {
    const line = "Klient: Jag är inte allergisk mot penicillin och jordnötter.";
    const report = says(line, line, line);
    assert.deepEqual(told(report, /allergisk/u), [["m1:s1", "m2:s1", "m3:s1"]]);
    // And holds against all of them, when it is checked anew.
    const meetings = [3, 4, 5].map((month) => talk([line], { recordedAt: `2026-0${String(month)}-12T09:00:00` }));
    assert.ok(itemsOf(checkEvidence(report, meetings)).every(({ support }) => support === "supported"));
  });
  for (const [name, one, other] of [
    ["another number", "Klient: Jag är skyldig banken 12 000 kronor.", "Klient: Jag är skyldig banken 14 000 kronor."],
    ["a denial", "Klient: Jag är skyldig banken mycket pengar.", "Klient: Jag är inte skyldig banken mycket pengar."],
    ["another speaker", "Klient: Pojken är rädd i skolan.", "Lärare: Pojken är rädd i skolan."],
  ] as const)
    test(`is told twice where there is ${name}`, () => assert.equal(told(says(one, other), /skyldig|rädd/u).length, 2));
});

describe("meetings in time order", () => {
  test("the earliest is m1", () => assert.deepEqual(inTimeOrder([april, march]), [march, april]));
  test("as they came, where one has no date", () => {
    const { recordedAt: _, ...undated } = march;
    assert.deepEqual(inTimeOrder([april, undated]), [april, undated]);
  });
});

test("every statement of a report cites segments that are there, in a meeting that is listed", () => {
  const lines = homeVisit.segments.map(({ speaker, text }) => `${speaker === "A" ? "Handläggare" : "Klient"}: ${text}`);
  const some: fc.Arbitrary<Transcript> = fc
    .tuple(
      fc.subarray([...lines, "Klient: Hyran är 7 100 kronor.", "Klient: Jag har tre barn."], { minLength: 1 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([said, day]) => talk(said, { recordedAt: `2026-02-${String(day).padStart(2, "0")}T09:00:00` }));
  fc.assert(
    fc.property(fc.array(some, { minLength: 2, maxLength: 5 }), (meetings) => {
      const report = summarise(meetings, plain);
      const ids = new Set(meetings.flatMap(({ segments }, at) => segments.map(({ id }) => `m${String(at + 1)}:${id}`)));
      assert.equal(report.sources?.length, meetings.length);
      const cited = [
        ...itemsOf(report),
        ...itemsOf(report).flatMap(({ later = [] }) => later),
        ...(report.conflicts ?? []).flatMap(({ statements }) => statements),
      ];
      for (const { segments, text } of cited)
        assert.ok(segments.length > 0 && segments.every((id) => ids.has(id)), text);
    }),
    { numRuns: 40 },
  );
});

describe("the app", () => {
  let app: App;
  const dir = temporaryFolder();
  const host = {
    dataDir: join(dir, "data"),
    demonstrationDir: join(dir, "demonstration"),
    key: async () => key,
    startInference: () => assert.fail("nothing is heard here"),
    chooseFiles: async () => [],
    chooseFolder: async () => null,
    chooseGlossary: async () => null,
    chooseOne: async () => null,
    chooseSavePath: async () => null,
    trash: async () => {},
    copyText: async () => true,
    fetch: () => assert.fail("nothing may reach the network"),
    standIn: true,
    version: "0.0.0",
  };
  const key = randomBytes(32);
  before(async () => {
    app = await createApp(host);
  });
  after(() => app.close());
  const done = async (id: string): Promise<void> => {
    while (app.snapshot("meetings").find((one) => one.id === id)?.status !== "to-review")
      await new Promise((later) => setTimeout(later, 20));
  };

  test("keeps a report as a row of its own, and its citations' places when a source goes", async () => {
    const one = await app.handlers["meetings.addExample"]();
    const two = await app.handlers["meetings.addExample"]();
    for (const { id } of [one, two]) await app.handlers["meetings.update"](id, { caseReference: "2026-114" });
    const report = await app.handlers["reports.make"]([one.id, two.id], "minnesanteckningar", "Två samtal");
    await done(report.id);
    const kept = await app.handlers["meetings.get"](report.id);
    assert.equal(kept.caseReference, "2026-114");
    assert.deepEqual(
      kept.sources?.map(({ id, meetingId }) => [id, meetingId]),
      [
        ["m1", one.id],
        ["m2", two.id],
      ],
    );
    const [made] = await app.handlers["summaries.list"](report.id);
    assert.equal(made?.summary.sources?.length, 2);

    await done(one.id);
    await app.handlers["meetings.delete"](one.id);
    const left = app.snapshot("meetings").find(({ id }) => id === report.id);
    assert.deepEqual(
      left?.sources?.map(({ id, meetingId }) => [id, meetingId]),
      [
        ["m1", null],
        ["m2", two.id],
      ],
    );
    // Made anew, it rests on what is left, and "m2" is still the second.
    await app.handlers["summaries.make"](report.id, "minnesanteckningar");
    while ((await app.handlers["summaries.list"](report.id)).length < 2)
      await new Promise((later) => setTimeout(later, 20));
    const [again] = await app.handlers["summaries.list"](report.id);
    const cited = again === undefined ? [] : itemsOf(again.summary).flatMap(({ segments }) => segments);
    assert.ok(cited.length > 0 && cited.every((id) => id.startsWith("m2:")));
  });

  test("makes none of one meeting, of reports or of what is not there", async () => {
    const [report, meeting] = app.snapshot("meetings");
    const make = (...ids: (string | undefined)[]) =>
      app.handlers["reports.make"](
        ids.map((id) => id ?? ""),
        "minnesanteckningar",
        "Rapport",
      );
    await assert.rejects(make(meeting?.id, meeting?.id), { code: "bad-call" });
    await assert.rejects(make(report?.id, meeting?.id), { code: "bad-call" });
    await assert.rejects(make("nobody", meeting?.id), { code: "not-found" });
    await assert.rejects(app.handlers["reports.make"]([report?.id ?? "", "x"], "no-such", "Rapport"), {
      code: "template-not-found",
    });
  });
});
