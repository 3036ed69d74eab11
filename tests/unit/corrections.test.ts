import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import fc from "fast-check";
import { applyCorrection } from "../../electron/editing/apply.ts";
import { retell } from "../../electron/editing/retell.ts";
import { splitLine } from "../../electron/editing/lines.ts";
import type { Segment, Summary } from "../../electron/formats.ts";
import { openStore } from "../../electron/store/store.ts";
import type { Correction } from "../../electron/store/types.ts";
import { newKey, temporaryFolder } from "./store-fixtures.ts";

const texts = ["Hej och välkommen.", "Hyran är inte betald.", "Vi söker bidrag.", "Hon dricker varje dag.", "Tack."];

async function open(t: TestContext) {
  const [dir, key] = [temporaryFolder(), newKey()];
  const reopen = async () => {
    const store = await openStore({ dir, key });
    t.after(() => store.close().catch(() => {}));
    return store;
  };
  const store = await reopen();
  const meeting = await store.createMeeting({ title: "Samtal", recordedAt: "2026-03-10T09:02:00", language: "sv" });
  const segments: Segment[] = texts.map((text, at) => ({
    id: `s${String(at + 1)}`,
    startMs: at * 5000,
    endMs: at * 5000 + 4000,
    speaker: at % 2 === 0 ? "A" : "B",
    text,
  }));
  await store.saveTranscript(meeting.id, {
    lyssna: "transcript/1",
    title: "",
    language: "sv",
    durationMs: 25_000,
    speakers: [{ id: "A" }, { id: "B" }],
    segments,
  });
  return { store, id: meeting.id, segments, reopen };
}

const rewrite = (segment: Segment, text: string): Correction => ({
  kind: "text",
  hunks: [{ before: [segment], after: retell([segment], text) }],
});
const textsOf = async (store: Awaited<ReturnType<typeof openStore>>, id: string) =>
  (await store.listSegments(id)).map(({ text }) => text);

test("a correction is made, found, taken back and done again, also after a restart", async (t) => {
  const { store, id, segments, reopen } = await open(t);
  const [, second] = segments;
  assert.ok(second);
  await store.makeCorrection(id, rewrite(second, "Elräkningen är inte betald."));
  assert.equal((await store.search("elräkningen", 5)).length, 1);
  assert.equal((await store.search("hyran", 5)).length, 0);
  const [, changed] = await store.listSegments(id);
  assert.equal(changed?.original, "Hyran är inte betald.");
  assert.match(changed?.changedAt ?? "", /^\d{4}-/u);
  await store.close();
  const again = await reopen();
  const before = await again.getTranscript(id);
  const undone = await again.undoCorrection(id);
  assert.ok(undone);
  const { segments: shown } = applyCorrection(before, undone, "2026-03-10T09:02:00Z", false);
  assert.deepEqual(shown, segments, "the window shows what is kept");
  assert.deepEqual(await again.listSegments(id), segments);
  assert.equal((await again.search("hyran", 5)).length, 1);
  assert.equal(await again.undoCorrection(id), null);
  assert.ok(await again.redoCorrection(id));
  assert.equal((await textsOf(again, id))[1], "Elräkningen är inte betald.");
  assert.equal(await again.redoCorrection(id), null);
});

test("a change of something that says something else by now is refused, whole", async (t) => {
  const { store, id, segments } = await open(t);
  const [first, second] = segments;
  assert.ok(first && second);
  await store.makeCorrection(id, rewrite(second, "Hyran är betald."));
  const both: Correction = {
    kind: "replace",
    hunks: [...rewrite(first, "Hej.").hunks, ...rewrite(second, "Hyran är kvar.").hunks],
  };
  await assert.rejects(store.makeCorrection(id, both), { code: "transcript-moved" });
  assert.deepEqual((await textsOf(store, id)).slice(0, 2), [texts[0], "Hyran är betald."]);
});

test("whatever is done, taking all of it back gives the transcript that was there, and doing it again what was made", async (t) => {
  const { store, id, segments } = await open(t);
  const step = fc.record({ at: fc.nat(40), kind: fc.constantFrom("text", "split", "speaker", "undo", "redo") });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      for (const { at, kind } of steps) {
        const now = await store.listSegments(id);
        const segment = now[at % now.length];
        assert.ok(segment);
        if (kind === "undo") await store.undoCorrection(id);
        else if (kind === "redo") await store.redoCorrection(id);
        else {
          const after =
            kind === "text"
              ? retell([segment], `${segment.text} ja`)
              : kind === "speaker"
                ? [{ ...segment, speaker: "C" }]
                : splitLine([segment], 1, new Set(now.map((one) => one.id)));
          if (after !== null) await store.makeCorrection(id, { kind, hunks: [{ before: [segment], after }] });
        }
      }
      const made = await store.listSegments(id);
      let taken = 0;
      while ((await store.undoCorrection(id)) !== null) taken += 1;
      assert.deepEqual(await store.listSegments(id), segments);
      for (let left = taken; left > 0; left--) await store.redoCorrection(id);
      assert.deepEqual(await store.listSegments(id), made);
      while ((await store.undoCorrection(id)) !== null);
    }),
    { numRuns: 15 },
  );
});

test("what is struck is in no text, no history, no summary and no search, and nothing brings it back", async (t) => {
  const { store, id, segments } = await open(t);
  const fourth = segments[3];
  assert.ok(fourth);
  await store.makeCorrection(id, rewrite(fourth, "Hon dricker varje kväll."));
  const item = (text: string, ...cited: string[]) => ({ text, segments: cited });
  const summary: Summary = {
    lyssna: "summary/1",
    template: { id: "sip", version: 1 },
    engine: { id: "builtin", version: "1" },
    language: "sv",
    sections: [
      { id: "a", heading: "A", state: "filled", items: [item("Hyran är inte betald.", "s2"), item("Dricker.", "s4")] },
      { id: "b", heading: "B", state: "filled", items: [item("Dricker, och hyran.", "s2", "s4")] },
    ],
    unplaced: [item("Dricker varje kväll.", "s4")],
    conflicts: [{ about: "dricker", statements: [item("Dricker.", "s4"), item("Dricker inte.", "s5")] }],
  };
  await store.addSummary(id, summary);
  await store.strikeSegments(id, ["s4"]);
  const everything = JSON.stringify([
    await store.getTranscript(id),
    await store.listCorrections(id),
    await store.listSummaries(id),
    await store.search("dricker", 10),
  ]);
  assert.ok(!/dricker/iu.test(everything), everything);
  assert.deepEqual(
    (await store.latestSummary(id))?.summary.sections.map(({ items, state }) => [items.length, state]),
    [
      [1, "filled"],
      [0, "not-mentioned"],
    ],
  );
  await store.undoCorrection(id);
  const passage = (await store.listSegments(id)).find((segment) => segment.id === "s4");
  assert.deepEqual([passage?.text, passage?.state, passage?.startMs], ["", "struck", 15_000]);
});

test("consent withdrawn from a time takes what was changed there with it, and leaves what was changed before", async (t) => {
  const { store, id, segments } = await open(t);
  const [first, , , fourth] = segments;
  assert.ok(first && fourth);
  await store.makeCorrection(id, rewrite(first, "Hej."));
  await store.makeCorrection(id, rewrite(fourth, "Hon dricker varje kväll."));
  await store.withdrawFrom(id, 10_000);
  assert.ok(!JSON.stringify(await store.listCorrections(id)).includes("dricker"));
  assert.ok(await store.undoCorrection(id));
  assert.deepEqual(await textsOf(store, id), texts.slice(0, 2));
});

test("another text begins without a history", async (t) => {
  const { store, id, segments } = await open(t);
  const [first] = segments;
  assert.ok(first);
  await store.makeCorrection(id, rewrite(first, "Hej."));
  await store.saveTranscript(id, await store.getTranscript(id));
  assert.equal(await store.undoCorrection(id), null);
});
