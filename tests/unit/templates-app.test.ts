// The calls behind the template editor, on a real store: drafts, versions, trying out, sharing.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type App, createApp } from "../../electron/app.ts";
import { defaultTemplateId } from "../../electron/calls/default-template.ts";
import { calls, defaultSettings, type Template } from "../../electron/contract.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { openStore } from "../../electron/store/store.ts";
import { said } from "../fixtures/glossary.ts";
import { temporaryFolder } from "./store-fixtures.ts";

describe("templates behind the window", () => {
  const dir = temporaryFolder();
  const key = randomBytes(32);
  let app: App;
  let chosen: string | null = null;
  let savePath: string | null = null;

  const open = () =>
    createApp({
      dataDir: join(dir, "data"),
      demonstrationDir: join(dir, "demonstration"),
      key: async () => key,
      startInference: startNodeInference(),
      chooseFiles: async () => [],
      chooseFolder: async () => null,
      chooseGlossary: async () => null,
      chooseOne: async () => chosen,
      chooseSavePath: async () => savePath,
      trash: async () => {},
      copyText: async () => true,
      fetch: () => assert.fail("nothing may reach the network"),
      standIn: true,
      version: "0.0.0",
    });
  before(async () => void (app = await open()));
  after(() => app.close());

  /** The store by itself while the app is closed; `close` opens the app again. */
  const openedStore = async () => {
    await app.close();
    const store = await openStore({ dir: join(dir, "data"), key });
    const close = async () => {
      await store.close();
      app = await open();
    };
    return { store, close };
  };
  const own = async () => (await app.handlers["templates.shelf"]()).filter((entry) => entry.own);
  const section = { id: "mal", heading: "Mål", kind: "bullets" } as const;
  const start = async (title: string): Promise<Template> => ({
    ...(await app.handlers["templates.start"](null, null)),
    title,
    sections: [section],
  });
  const asFile = (template: Template, name: string): string => {
    const path = join(dir, name);
    writeFileSync(path, JSON.stringify(template));
    return (chosen = path);
  };

  test("a draft is kept over a restart, and is no template until it is saved", async () => {
    const draft = await start("Hembesök");
    await app.handlers["templates.keepDraft"]({ ...draft, sections: [{ ...section, heading: "" }] });
    await app.close();
    app = await open();
    assert.deepEqual(
      (await own()).map(({ template, state }) => [template.title, state]),
      [["Hembesök", "never-saved"]],
    );
    assert.ok(!(await app.handlers["templates.list"]()).some(({ id }) => id === draft.id));
    await assert.rejects(app.handlers["summaries.make"]("m", draft.id), { code: "template-not-found" });
    await app.handlers["templates.dropDraft"](draft.id);
    assert.deepEqual(await own(), []);
    await assert.rejects(app.handlers["templates.get"](draft.id, null), { code: "template-gone" });
  });

  test("each saving that changes something is a version, and every version can be looked at", async () => {
    const draft = await start("  Uppföljning  ");
    const first = await app.handlers["templates.save"](draft);
    assert.deepEqual([first.title, first.version], ["Uppföljning", 1]);
    assert.equal((await app.handlers["templates.save"](first)).version, 1);
    const second = await app.handlers["templates.save"]({ ...first, notFor: ["", " beslut "] });
    assert.deepEqual([second.version, second.notFor], [2, ["beslut"]]);
    await app.handlers["templates.keepDraft"]({ ...second, title: "Halv" });
    assert.deepEqual(
      (await own()).map(({ template, state }) => [template.title, state]),
      [["Uppföljning", "changed"]],
    );
    const details = await app.handlers["templates.get"](first.id, null);
    assert.deepEqual(
      [details.own, details.template.version, details.draft?.title, details.versions.map(({ version }) => version)],
      [true, 2, "Halv", [2, 1]],
    );
    assert.deepEqual((await app.handlers["templates.get"](first.id, 1)).template, first);
    await app.handlers["settings.set"]({
      templateId: first.id,
      templateByKind: [{ kind: "hembesök", templateId: first.id }],
    });
    await app.handlers["templates.remove"](first.id);
    assert.deepEqual(await own(), []);
    assert.equal(app.snapshot("settings").templateId, defaultSettings.templateId);
    assert.deepEqual(app.snapshot("settings").templateByKind, []);
    const gone = await app.handlers["templates.get"](first.id, 2);
    assert.deepEqual([gone.own, gone.template], [false, second]);
    // Saved again after it was deleted, no version is written over.
    assert.equal((await app.handlers["templates.save"](first)).version, 3);
    await app.handlers["templates.remove"](first.id);
  });

  test("what cannot be used is not saved, and a built-in one is never written over", async () => {
    const draft = await start("X");
    await assert.rejects(app.handlers["templates.save"]({ ...draft, title: " " }), { code: "template-invalid" });
    await assert.rejects(app.handlers["templates.save"]({ ...draft, sections: [{ ...section, heading: " " }] }), {
      details: { file: "X", reason: "no-headings" },
    });
    await assert.rejects(app.handlers["templates.save"]({ ...draft, id: "sip" }), { code: "bad-call" });
    await app.handlers["templates.dropDraft"](draft.id);
    assert.ok(calls["templates.save"].args.safeParse([{ ...draft, id: "../x" }]).error);
    assert.ok(calls["templates.keepDraft"].args.safeParse([{ ...draft, title: "x".repeat(201) }]).error);
  });

  test("a copy of a built-in one has all of it, says what it was made from, and has no owner yet", async () => {
    const copy = await app.handlers["templates.start"]("kamratstod", null);
    const { template: builtIn, own: isOwn } = await app.handlers["templates.get"]("kamratstod", null);
    assert.equal(isOwn, false);
    assert.deepEqual([copy.refusesContent, copy.sections, copy.owner], [true, builtIn.sections, undefined]);
    assert.deepEqual(copy["basedOn"], { id: "kamratstod", version: builtIn.version });
    await app.handlers["templates.dropDraft"](copy.id);
  });

  test("a template that is not saved is tried out on the example and on a meeting, and nothing is stored", async () => {
    const path = join(dir, "möte.json");
    writeFileSync(path, JSON.stringify(said(["Anna ringer läkaren på måndag.", "Ja, det bestämmer vi."])));
    const [meeting] = await app.handlers["import.files"]([path]);
    const draft = { ...(await start("")), sections: [section, { ...section, id: "tom", heading: " " }] };
    const example = await app.handlers["templates.tryOut"](null, draft);
    assert.deepEqual(
      example.sections.map(({ id }) => id),
      ["mal"],
    );
    assert.ok(example.unplaced.length > 0);
    const empty = await app.handlers["templates.tryOut"](meeting?.id ?? "", { ...draft, sections: [] });
    assert.deepEqual(empty.sections, []);
    const stored = await app.handlers["summaries.list"](meeting?.id ?? "");
    assert.ok(stored.every(({ summary }) => summary.template.id !== draft.id));
    // Of two that are asked for at once, the later one is answered.
    const [late, latest] = await Promise.allSettled([
      app.handlers["templates.tryOut"](null, draft),
      app.handlers["templates.tryOut"](null, draft),
    ]);
    assert.deepEqual([late.status, latest.status], ["rejected", "fulfilled"]);
    await app.handlers["templates.dropDraft"](draft.id);
  });

  test("shared as a file: new, the same, updated, older, and changed in two ways", async () => {
    const saved = await app.handlers["templates.save"](await start("Delad"));
    savePath = join(dir, "Delad.lyssna");
    assert.equal(await app.handlers["templates.export"](saved.id), savePath);
    const exported = JSON.parse(readFileSync(savePath, "utf8")) as Template;
    assert.deepEqual(exported, saved);
    chosen = savePath;
    const outcome = async () => (await app.handlers["templates.import"]())?.outcome;
    assert.equal(await outcome(), "same");
    asFile({ ...saved, version: 4, title: "Delad, ny" }, "ny.lyssna");
    assert.equal(await outcome(), "updated");
    assert.equal((await app.handlers["templates.get"](saved.id, null)).template.version, 4);
    chosen = savePath;
    assert.equal(await outcome(), "older");
    asFile({ ...saved, version: 4, title: "Delad, på annat sätt" }, "annan.lyssna");
    assert.equal(await outcome(), "copy");
    assert.deepEqual(
      (await own()).map(({ template }) => template.title),
      ["Delad, ny", "Delad, på annat sätt (egen)"],
    );
    await app.handlers["templates.remove"](saved.id);
    chosen = savePath;
    assert.equal(await outcome(), "new");
    const { template: sip } = await app.handlers["templates.get"]("sip", null);
    asFile(sip, "sip.lyssna");
    assert.equal(await outcome(), "same");
    asFile({ ...sip, title: "SIP hos oss" }, "sip.lyssna");
    const taken = await app.handlers["templates.import"]();
    assert.equal(taken?.outcome, "new");
    assert.notEqual(taken.template.id, "sip");
    assert.equal((await app.handlers["templates.get"]("sip", null)).template.title, sip.title);
    asFile({ ...sip, sections: [] }, "tom.lyssna");
    await assert.rejects(app.handlers["templates.import"](), { code: "template-invalid" });
    chosen = null;
    assert.equal(await app.handlers["templates.import"](), null);
  });

  test("a meeting that is imported gets the template of its kind", async () => {
    await app.handlers["settings.set"]({ templateByKind: [{ kind: "nätverksmöte", templateId: "natverksmote" }] });
    const path = join(dir, "Nätverksmöte 3.json");
    const { title: _title, ...untitled } = said(["Vi hjälps åt.", "Ja."]);
    writeFileSync(path, JSON.stringify(untitled));
    const [meeting] = await app.handlers["import.files"]([path]);
    const job = app.snapshot("jobs").find(({ meetingId }) => meetingId === meeting?.id);
    assert.equal(job?.task.kind === "summarise" ? job.task.templateId : "", "natverksmote");
  });

  test("a summary's built-in template can be looked at when a later Lyssna has brought another version", async () => {
    const { template } = await app.handlers["templates.get"]("apt", null);
    const { store, close } = await openedStore();
    await store.noteTemplateVersion({ ...template, version: 7, title: "APT förr" });
    await store.noteTemplateVersion({ ...template, version: 7, title: "APT på annat sätt" });
    await close();
    const earlier = await app.handlers["templates.get"]("apt", 7);
    assert.deepEqual([earlier.own, earlier.latest, earlier.template.title], [false, template.version, "APT förr"]);
    const copy = await app.handlers["templates.start"]("apt", 7);
    assert.equal(copy.title, "APT förr (egen)");
    await app.handlers["templates.dropDraft"](copy.id);
    await assert.rejects(app.handlers["templates.get"]("apt", 8), { code: "template-gone" });
  });

  test("pasted with formatting that shows no headings, the plain text is read", async () => {
    const draft = await app.handlers["templates.fromText"]({
      text: "Mål:\nEtt jobb\nBeslut:\nJa",
      html: "<p>Mål: Ett jobb</p>",
    });
    assert.deepEqual(
      draft.sections.map(({ heading, kind }) => [heading, kind]),
      [
        ["Mål", "bullets"],
        ["Beslut", "manual"],
      ],
    );
    assert.ok(!JSON.stringify(draft).includes("jobb"));
    await assert.rejects(app.handlers["templates.fromText"]({ text: "hej", html: "" }), { code: "outline-not-found" });
    chosen = join(dir, "trasig.docx");
    writeFileSync(chosen, "x");
    await assert.rejects(app.handlers["templates.fromFile"](), { code: "document-unreadable" });
    chosen = join(dir, "gammal.txt");
    writeFileSync(chosen, "1. Bakgrund\nx\n2. Åtgärder\ny");
    assert.deepEqual(
      (await app.handlers["templates.fromFile"]())?.sections.map(({ kind }) => kind),
      ["paragraph", "actions"],
    );
  });
});

test("a meeting's kind chooses its template, the longest kind first", () => {
  const templateByKind = [
    { kind: "Hembesök", templateId: "uppfoljning" },
    { kind: "hembesök, barn", templateId: "barnsamtal" },
    { kind: "SIP", templateId: "sip" },
  ];
  const choose = (title: string) => defaultTemplateId(title, { templateId: "minnesanteckningar", templateByKind });
  assert.equal(choose("hembesök_2026-03-10"), "uppfoljning");
  assert.equal(choose("Hembesöket hos NN"), "uppfoljning");
  assert.equal(choose("HEMBESÖK BARN"), "barnsamtal");
  assert.equal(choose("Nytt sip-möte"), "sip");
  assert.equal(choose("Gossip"), "minnesanteckningar");
  assert.equal(choose(""), "minnesanteckningar");
});
