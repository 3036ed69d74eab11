import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type App, createApp } from "../../electron/app.ts";
import { glossarySchema, transcriptSchema } from "../../electron/formats.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { said } from "../fixtures/glossary.ts";
import { file, lyssna, says } from "./cli-runner.ts";
import { filesIn, meeting, segment, temporaryFolder, temporaryStore, transcript } from "./store-fixtures.ts";

describe("the glossary in the store", () => {
  test("terms are kept by spelling, changed by id, and a spelling is there once", async (t) => {
    const { store } = await temporaryStore(t);
    await store.saveTerms([
      { id: "b", text: "Sävsjö", kind: "place" },
      { id: "a", text: "BBIC", kind: "abbreviation", note: "x" },
    ]);
    await store.saveTerms([{ id: "c", text: "Sävsjö", kind: "place", soundsLike: ["sävskö"] }]);
    await store.saveTerms([{ id: "a", text: "BBIC", kind: "abbreviation" }]);
    assert.deepEqual(await store.listTerms(), [
      { id: "a", text: "BBIC", kind: "abbreviation" },
      { id: "c", text: "Sävsjö", kind: "place", soundsLike: ["sävskö"] },
    ]);
    await store.removeTerm("a");
    assert.equal((await store.listTerms()).length, 1);
  });

  test("what was said no to belongs to its meeting and goes with the term", async (t) => {
    const { store } = await temporaryStore(t);
    const [one, other] = [await store.createMeeting(meeting()), await store.createMeeting(meeting())];
    await store.saveTerms([{ id: "a", text: "Gnesta", kind: "place" }]);
    const rejected = { termId: "a", heard: "nesta" };
    await store.rejectTerms(one.id, [rejected, rejected, { termId: "finns-inte", heard: "x" }]);
    assert.deepEqual(await store.listRejected(one.id), [rejected]);
    assert.deepEqual(await store.listRejected(other.id), []);
    await store.removeTerm("a");
    assert.deepEqual(await store.listRejected(one.id), []);
    await assert.rejects(store.listRejected("finns-inte"), { code: "not-found" });
  });

  test("an edit keeps the first words for good, is found by search, and dates the transcript", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    const saved = transcript(["Vi bor i sävskö.", "Och du?"]);
    await store.saveTranscript(id, saved);
    assert.equal((await store.getTranscript(id)).editedAt, undefined);

    const first = saved.segments[0]?.text ?? "";
    assert.equal(await store.editSegments(id, [{ id: "s1", before: first, text: "Vi bor i Sävskö." }]), 1);
    assert.equal(await store.editSegments(id, [{ id: "s1", before: first, text: "Annat." }]), 0);
    const words = [{ text: "Vi", startMs: 0, endMs: 10 }];
    await store.editSegments(id, [{ id: "s1", before: "Vi bor i Sävskö.", text: "Vi bor i Sävsjö.", words }]);

    const read = await store.getTranscript(id);
    const edited = segment(0, "Vi bor i Sävsjö.", { speaker: "A", original: first, words });
    const [{ changedAt, ...changed } = segment(0, ""), ...others] = read.segments;
    assert.deepEqual([changed, ...others], [edited, saved.segments[1]]);
    assert.ok(Date.parse(changedAt ?? "") > 0);
    assert.ok(Date.parse(read.editedAt ?? "") > 0);
    assert.equal((await store.search("sävsjö", 10)).length, 1);
    assert.equal((await store.search("sävskö", 10)).length, 0);
    await assert.rejects(store.editSegments("finns-inte", []), { code: "not-found" });
  });

  test("terms and mishearings are encrypted as the rest", async (t) => {
    const { store, dir } = await temporaryStore(t);
    await store.saveTerms([{ id: "a", text: "Hjalmarssonsbacken", kind: "place", soundsLike: ["jalmarssonsbacken"] }]);
    for (const { bytes } of filesIn(dir)) assert.ok(!bytes.includes("almarssonsbacken"));
  });
});

describe("the glossary behind the window", () => {
  const dir = temporaryFolder();
  let app: App;
  let chosen: string | null = null;
  let savePath: string | null = null;
  let id = "";

  before(async () => {
    app = await createApp({
      dataDir: join(dir, "data"),
      demonstrationDir: join(dir, "demonstration"),
      key: async () => randomBytes(32),
      startInference: startNodeInference(),
      chooseFiles: async () => [],
      chooseFolder: async () => null,
      chooseGlossary: async () => chosen,
      chooseOne: async () => null,
      chooseSavePath: async () => savePath,
      trash: async () => {},
      copyText: async () => true,
      fetch: () => assert.fail("nothing may reach the network"),
      standIn: true,
      version: "0.0.0",
    });
    const path = join(dir, "möte.json");
    const texts = ["Vi åkte till sävskö, och sen till nesta.", "Ja, sävskö är fint.", "Enligt el ve u gäller det."];
    writeFileSync(path, JSON.stringify(said(texts)));
    const [imported] = await app.handlers["import.files"]([path]);
    id = imported?.id ?? "";
  });
  after(() => app.close());

  const texts = async () => (await app.handlers["transcripts.get"](id)).segments.map(({ text }) => text);
  const suggestions = () => app.handlers["glossary.suggest"](id);

  test("without a term nothing is suggested", async () => assert.deepEqual(await suggestions(), []));

  test("terms are added, changed and shared as a file", async () => {
    const added = await app.handlers["glossary.save"]({ text: " Sävsjö ", kind: "place" });
    assert.equal(added.text, "Sävsjö");
    await app.handlers["glossary.save"]({ id: added.id, text: "Sävsjö", kind: "place", soundsLike: ["sev sjö"] });
    const again = await app.handlers["glossary.save"]({ text: "Sävsjö", kind: "place", note: "orten" });
    assert.deepEqual(again.soundsLike, ["sev sjö"]);
    await assert.rejects(app.handlers["glossary.save"]({ id: "borta", text: "x", kind: "name" }), {
      code: "not-found",
    });

    assert.equal(await app.handlers["glossary.export"](), null);
    savePath = join(dir, "Ordlista.json");
    await app.handlers["glossary.export"]();
    const shared = glossarySchema.parse(JSON.parse(readFileSync(savePath, "utf8")));
    assert.deepEqual(
      shared.terms.map(({ text }) => text),
      ["Sävsjö"],
    );

    assert.equal(await app.handlers["glossary.import"](), null);
    chosen = join(dir, "kollegans.json");
    writeFileSync(
      chosen,
      JSON.stringify({
        lyssna: "glossary/1",
        terms: [
          { text: "Gnesta", kind: "place" },
          { text: "LVU", kind: "abbreviation" },
          { text: "Sävsjö", kind: "place" },
        ],
      }),
    );
    assert.deepEqual(await app.handlers["glossary.import"](), { added: 2, changed: 0 });
    assert.deepEqual(await app.handlers["glossary.import"](), { added: 0, changed: 0 });
    writeFileSync(chosen, "{}");
    await assert.rejects(app.handlers["glossary.import"](), { code: "glossary-invalid" });
    assert.equal((await app.handlers["glossary.list"]()).length, 3);
  });

  test("a no lasts, one yes changes one place, and the rest follow together", async () => {
    const all = await suggestions();
    assert.deepEqual(
      all.map(({ segmentId, heard, replacement }) => [segmentId, heard, replacement]),
      [
        ["s1", "sävskö", "Sävsjö"],
        ["s1", "nesta", "Gnesta"],
        ["s2", "sävskö", "Sävsjö"],
        ["s3", "el ve u", "LVU"],
      ],
    );
    const [first, nesta] = all;
    assert.ok(first && nesta);
    await app.handlers["glossary.reject"](id, [nesta]);
    assert.equal(await app.handlers["glossary.accept"](id, [first]), 1);
    assert.equal((await texts())[0], "Vi åkte till Sävsjö, och sen till nesta.");
    const left = await suggestions();
    assert.deepEqual(
      left.map(({ heard }) => heard),
      ["sävskö", "el ve u"],
    );
    assert.equal(await app.handlers["glossary.accept"](id, [...left]), 2);
    assert.deepEqual((await texts()).slice(1), ["Ja, Sävsjö är fint.", "Enligt LVU gäller det."]);
    assert.deepEqual(await suggestions(), []);
    assert.equal((await app.handlers["search.find"]("Sävsjö")).filter((hit) => hit.in === "transcript").length, 2);
  });

  test("a change that no longer fits its place, or is of no term, changes nothing", async () => {
    const sofar = await texts();
    const change = { segmentId: "s2", start: 4, end: 10, heard: "sävskö", replacement: "Lund" };
    const termId = (await app.handlers["glossary.list"]())[0]?.id ?? "";
    assert.equal(await app.handlers["glossary.accept"](id, [{ ...change, termId }]), 0);
    assert.equal(await app.handlers["glossary.accept"](id, [{ ...change, heard: "Sävsjö", termId: "x" }]), 0);
    assert.deepEqual(await texts(), sofar);
  });

  test("an edit is a lesson that is asked about", async () => {
    const lessons = await app.handlers["glossary.lessons"]("Hon bor i sävsjå.", "Hon bor i Sävsjö.", "sv");
    assert.deepEqual(
      lessons.map(({ text, heard }) => [text, heard]),
      [["Sävsjö", "sävsjå"]],
    );
    const known = (await app.handlers["glossary.list"]()).find(({ text }) => text === "Sävsjö");
    assert.ok(!(known?.soundsLike ?? []).includes("sävsjå"));
  });
});

describe("the glossary on the command line", () => {
  const list = JSON.stringify({ lyssna: "glossary/1", terms: [{ text: "Sävsjö", kind: "place" }] });
  const talk = JSON.stringify(said(["Vi ska söka bidrag i sävskö imorgon.", "Ja, i säv sjö."]));

  test("says how many, and changes only what is sure, only when it is asked to", async () => {
    const [glossary, input, out] = [
      await file("ord.json", list),
      await file("samtal.json", talk),
      await file("ut", ""),
    ];
    const args = ["process", input, "--template", "minnesanteckningar", "--formats", "json", "--glossary", glossary];
    const read = (name: string) =>
      transcriptSchema.parse(JSON.parse(readFileSync(join(name, "samtal.transcript.json"), "utf8")));

    const told = await lyssna(...args, "--out", `${out}-a`);
    assert.equal(told.code, 0);
    assert.match(told.err, /samtal\.json: ställen som låter som ord i ordlistan: 2, säkra: 1/u);
    assert.match(read(`${out}-a`).segments[0]?.text ?? "", /sävskö/u);

    const applied = await lyssna(...args, "--glossary-apply", "--out", `${out}-b`);
    assert.match(applied.err, /rättade: 1/u);
    const [first, second] = read(`${out}-b`).segments;
    assert.equal(first?.text, "Vi ska söka bidrag i Sävsjö imorgon.");
    assert.equal(first?.original, "Vi ska söka bidrag i sävskö imorgon.");
    assert.equal(second?.text, "Ja, i säv sjö.");
  });

  test("a list that is none, and a wish without a list, are refused before anything is heard", async () => {
    const bad = await file("fel.json", "{}");
    says(await lyssna("transcribe", "a.wav", "--glossary", bad), 3, /fel\.json är inte en ordlista/u);
    says(await lyssna("transcribe", "a.wav", "--glossary-apply"), 2, /--glossary saknas/u);
  });
});
