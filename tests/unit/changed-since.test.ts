// What of a summary rests on changed words, who cites what, and how a waveform is drawn: the window's own sums.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SummaryVersion } from "../../electron/contract.ts";
import type { SummaryItem } from "../../electron/formats.ts";
import { toPeak } from "../../electron/peaks.ts";
import { unconfirmed } from "../../electron/summary/review.ts";
import { changedSince, citations } from "../../renderer/meeting/changed-since.ts";
import { columnsOf } from "../../renderer/meeting/draw-waveform.ts";
import { segment, summary, transcript } from "./store-fixtures.ts";

const item = (...segments: string[]): SummaryItem => ({ text: segments.join(), segments, support: "supported" });
const madeOf = (items: readonly SummaryItem[], unplaced: readonly SummaryItem[] = []): SummaryVersion => {
  const made = summary([]);
  const sections = made.sections.map((section) => ({ ...section, items: [...items] }));
  return {
    id: "v1",
    meetingId: "m",
    version: 1,
    createdAt: "2026-03-10T10:00:00.000Z",
    state: "draft",
    summary: { ...made, sections, unplaced: [...unplaced] },
  };
};
const later = "2026-03-10T10:05:00.000Z";
const earlier = "2026-03-10T09:00:00.000Z";

test("a summary is older than what was changed after it, and not than what was changed before or taken back", () => {
  const made = madeOf([item("s1"), item("s2", "s3")], [item("s2")]);
  const talk = transcript(["a", "b", "c"]);
  const changed = (at: string) => ({
    ...talk,
    editedAt: later,
    segments: talk.segments.map((one) => (one.id === "s2" ? { ...one, changedAt: at } : one)),
  });
  assert.deepEqual([...changedSince(changed(later), made, true).segments], ["s2"]);
  assert.equal(changedSince(changed(later), made, true).sentences, 2);
  assert.equal(changedSince(changed(earlier), made, true).any, false);
  assert.equal(changedSince({ ...talk, editedAt: later }, made, true).any, false);
  // A passage that was written away; unless only the beginning is there yet.
  const shorter = { ...talk, segments: talk.segments.slice(0, 2) };
  assert.equal(changedSince(shorter, made, true).sentences, 1);
  assert.equal(changedSince(shorter, made, false).any, false);
});

test("each passage knows the sentences that cite it, once each", () => {
  const found = citations(madeOf([item("s1", "s1"), item("s2", "s1")], [item("s1")]).summary);
  const [section = ""] = (found.get("s2")?.[0] ?? "").split(":");
  assert.deepEqual(found.get("s1"), [`${section}:0`, `${section}:1`, "unplaced:0"]);
  assert.equal(found.get("s9"), undefined);
});

test("what a person stood by is theirs to look at again only where its words were changed", () => {
  const stood = madeOf([
    { ...item("s1"), confirmed: true },
    { ...item("s2"), confirmed: true },
  ]).summary;
  const segments = [segment(0, "a", { changedAt: later }), segment(1, "b", { changedAt: earlier })];
  const after = unconfirmed(stood, segments, "2026-03-10T10:00:00.000Z");
  assert.deepEqual(
    after.sections.flatMap(({ items }) => items.map(({ confirmed }) => confirmed)),
    [undefined, true],
  );
});

test("a faint recording is drawn as tall as a loud one, silence as nothing, and one bang does not hide the rest", () => {
  const voice = (amplitude: number) =>
    Uint8Array.from({ length: 1000 }, (_, at) => (at % 10 === 0 ? 0 : toPeak(amplitude)));
  const [loud, faint] = [columnsOf(voice(0.5), 100_000, 1000), columnsOf(voice(0.005), 100_000, 1000)];
  assert.deepEqual(
    [...loud].map((one) => one.toFixed(3)),
    [...faint].map((one) => one.toFixed(3)),
  );
  assert.deepEqual([loud[0], loud[1]], [0, 1]);
  const banged = voice(0.05);
  banged[500] = 255;
  assert.ok((columnsOf(banged, 100_000, 1000)[1] ?? 0) > 0.95);
  // Fewer columns than steps: the loudest of each stretch.
  assert.ok(columnsOf(voice(0.5), 100_000, 50).every((column) => column === 1));
  assert.ok(columnsOf(new Uint8Array(10), 1000, 5).every((column) => column === 0));
});
