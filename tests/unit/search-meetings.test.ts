import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordingRecord } from "../../electron/recorded.ts";
import type { SearchHit } from "../../electron/store/types.ts";
import { gather } from "../../renderer/library/gather.ts";
import { meeting, segment, summary, temporaryStore, transcript } from "./store-fixtures.ts";

const seen = (hits: readonly SearchHit[]) =>
  hits.map(({ in: where, passage }) => `${where}: ${passage.replaceAll("\uE000", "[").replaceAll("\uE001", "]")}`);

const record = (label: string): RecordingRecord => ({
  version: 1,
  kind: "meeting",
  about: null,
  startedAt: "2026-03-10T09:02:00",
  microphone: "",
  systemSound: false,
  people: null,
  templateId: "",
  consent: null,
  marks: [{ id: "m", atMs: 0, kind: "own", label }],
  strikes: [],
  rests: [],
  endedBy: "person",
});

test("what a meeting is called, its case and what was written on its marks is found as what was said is", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.createMeeting(meeting({ title: "Hembesök på A\u030Angermanlandsgatan" }));
  await store.updateMeeting(id, { caseReference: "HVB 88/26" });
  await store.saveRecording(id, record("ring hyresvärden"));
  assert.deepEqual(seen(await store.search("ånger", 10)), ["title: Hembesök på [Ångermanlandsgatan]"]);
  assert.deepEqual(seen(await store.search("hvb 88/26", 10)), ["case: [HVB] [88/26]"]);
  assert.deepEqual(seen(await store.search("hyresv", 10)), ["mark: ring [hyresvärden]"]);
  await store.updateMeeting(id, { title: "Nytt namn", recordedAt: "2026-03-12T10:00:00" });
  await store.saveRecording(id, record("ring läkaren"));
  assert.deepEqual(seen(await store.search("ånger", 10)), []);
  assert.deepEqual(seen(await store.search("hyresv", 10)), []);
  assert.deepEqual(seen(await store.search("läk", 10)), ["mark: ring [läkaren]"]);
  await store.deleteMeeting(id);
  assert.deepEqual(await store.search("nytt", 10), []);
});

test("a hit says when and by whom", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.createMeeting(meeting());
  await store.saveTranscript(id, {
    ...transcript([]),
    speakers: [{ id: "A", name: "Anna" }, { id: "B", role: "tolk" }, { id: "C" }],
    segments: [
      segment(0, "hyran är betald", { speaker: "A" }),
      segment(1, "hyran igen", { speaker: "B" }),
      segment(2, "hyran till slut", { speaker: "C" }),
    ],
  });
  await store.addSummary(id, summary(["Hyran är betald."]));
  assert.deepEqual(
    (await store.search("hyran", 10)).map(({ in: where, atMs, speaker }) => [where, atMs, speaker]),
    [
      ["transcript", 0, "Anna"],
      ["transcript", 1000, "tolk"],
      ["transcript", 2000, undefined],
      ["summary", undefined, undefined],
    ],
  );
});

test("words that stand in different lines, or one in the title, find their meeting; a meeting that lacks one does not", async (t) => {
  const { store } = await temporaryStore(t);
  const both = await store.createMeeting(meeting({ title: "Hembesök" }));
  await store.saveTranscript(both.id, transcript(["elräkningen kom", "hyran är betald"]));
  const one = await store.createMeeting(meeting({ title: "Telefon" }));
  await store.saveTranscript(one.id, transcript(["hyran är betald"]));
  assert.deepEqual(seen(await store.search("elräkningen hyra", 10)), [
    "transcript: [elräkningen] kom",
    "transcript: [hyran] är betald",
  ]);
  assert.deepEqual(seen(await store.search("hembesök hyra", 10)), ["transcript: [hyran] är betald"]);
  assert.deepEqual(await store.search("elräkningen saknas", 10), []);
  assert.deepEqual(seen(await store.search("hyran betald", 10)).length, 2, "in one passage, in both");
});

test("a filter holds for what is found, however few or many meetings it leaves", async (t) => {
  const { store } = await temporaryStore(t);
  for (let at = 0; at < 230; at++) {
    const { id } = await store.createMeeting(
      meeting({ title: `Samtal ${String(at)}`, recordedAt: `2026-03-${at < 210 ? "10" : "20"}T09:00:00` }),
    );
    await store.saveTranscript(id, transcript(["hyran"]));
    if (at % 100 === 0) await store.updateMeeting(id, { caseReference: "A1", status: "approved" });
  }
  const titles = async (filter: Parameters<typeof store.search>[2]) =>
    (await store.search("hyr", 500, filter)).map(({ title }) => title);
  assert.deepEqual(await titles({ caseReference: "A1" }), ["Samtal 200", "Samtal 100", "Samtal 0"]);
  assert.deepEqual(await titles({ statuses: ["approved"], from: "2026-03-20" }), []);
  assert.equal((await titles({ from: "2026-03-20" })).length, 20);
  assert.equal((await titles({ to: "2026-03-10" })).length, 210, "more than are asked one by one");
  assert.equal((await titles({ templateId: "x" })).length, 0);
});

test("hits gather under their meetings, with the title lit up; those of a meeting that is gone are left out", () => {
  const held = { id: "a", title: "Hembesök", caseReference: "A1" } as Parameters<typeof gather>[1][number];
  const hit = (meetingId: string, where: SearchHit["in"], passage: string): SearchHit => ({
    meetingId,
    title: "",
    recordedAt: "",
    in: where,
    segmentId: null,
    passage,
  });
  const found = gather(
    [hit("a", "title", "[Hembesök]"), hit("gone", "transcript", "x"), hit("a", "transcript", "y")],
    [held],
  );
  assert.deepEqual(
    found.map(({ title, caseReference, passages }) => [title, caseReference, passages.map(({ passage }) => passage)]),
    [["[Hembesök]", "A1", ["y"]]],
  );
});
