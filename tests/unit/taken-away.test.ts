// What was struck while a language model was at work is in nothing that it made: neither where a person waits for it nor in
// a job.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { type App, createApp } from "../../electron/app.ts";
import { serverEngineId } from "../../electron/engine-ids.ts";
import { temporaryFolder } from "../sound-files.ts";

/** Said in the example meeting, and nowhere else in it. */
const secret = "ridskola";

describe("words that are taken away while a model is at work", () => {
  const folder = temporaryFolder();
  let app: App;
  let id = "";
  /** What the model was asked, and how it is let answer. */
  const asked: string[] = [];
  let holds = (_prompt: string): boolean => true;
  let begun = Promise.withResolvers<void>();
  let gate = Promise.withResolvers<void>();

  /** A server on this machine whose model says every line again; it answers when it is let. */
  const server = (async (address: string, init?: RequestInit) => {
    if (address.endsWith("/v1/models")) return Response.json({ data: [{ id: "echo" }] });
    if (!address.endsWith("/v1/chat/completions")) return new Response("", { status: 404 });
    const { messages } = JSON.parse(init?.body as string) as { messages: { content: string }[] };
    const prompt = messages.map(({ content }) => content).join("\n");
    asked.push(prompt);
    if (holds(prompt)) begun.resolve();
    await Promise.race([
      ...(holds(prompt) ? [] : [Promise.resolve()]),
      gate.promise,
      new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted")))),
    ]);
    const lines = [...prompt.matchAll(/^(\d+): "(.*)"$/gmu)].map(([, n, text]) => ({ n, text }));
    const cited = [...prompt.matchAll(/^(s\d+)\b.*?"(.*)"$/gmu)].map(([, mark, text]) => ({ segments: [mark], text }));
    const content = JSON.stringify({ items: lines.length > 0 ? lines : cited.slice(0, 3) });
    return Response.json({ choices: [{ message: { content }, finish_reason: "stop" }] });
  }) as typeof fetch;

  before(async () => {
    const nothing = async () => null;
    app = await createApp({
      dataDir: join(folder.dir, "data"),
      demonstrationDir: join(folder.dir, "demonstration"),
      key: async () => randomBytes(32),
      startInference: () => assert.fail("no model is loaded"),
      chooseFiles: async () => [],
      chooseFolder: nothing,
      chooseGlossary: nothing,
      chooseOne: nothing,
      chooseSavePath: nothing,
      trash: async () => {},
      copyText: async () => true,
      fetch: () => assert.fail("nothing may reach the network"),
      fetchHere: server,
      standIn: true,
      version: "0.0.0",
    });
    await app.handlers["settings.set"]({
      languageServer: { on: true, address: "http://127.0.0.1:9", model: "" },
    });
  });
  after(async () => {
    await app.close();
    folder[Symbol.dispose]();
  });

  const done = async () => {
    while (app.snapshot("jobs").some(({ state }) => state === "queued" || state === "running"))
      await new Promise((next) => setTimeout(next, 20));
  };

  beforeEach(async () => {
    gate = Promise.withResolvers<void>();
    gate.resolve();
    ({ id } = await app.handlers["meetings.addExample"]());
    await done();
    asked.length = 0;
    begun = Promise.withResolvers<void>();
    gate = Promise.withResolvers<void>();
  });

  /** Strikes every passage in which the word was said, while the model is at work. */
  async function strike(): Promise<void> {
    const { segments } = await app.handlers["transcripts.get"](id);
    const said = segments.filter(({ text }) => text.toLowerCase().includes(secret.toLowerCase()));
    assert.ok(said.length > 0);
    await app.handlers["corrections.strike"](
      id,
      said.map((one) => one.id),
    );
  }
  const isGone = (value: unknown) => !JSON.stringify(value).toLowerCase().includes(secret.toLowerCase());

  test("no rendition is kept of them", async () => {
    const made = app.handlers["renditions.make"](id, "en", serverEngineId);
    await begun.promise;
    await strike();
    gate.resolve();
    await assert.rejects(made, { code: "transcript-moved" });
    assert.deepEqual(await app.handlers["renditions.list"](id), []);
  });

  test("no heading is written anew with them", async () => {
    const [version] = await app.handlers["summaries.list"](id);
    const section = version?.summary.sections.find(({ items }) => items.length > 0);
    const made = app.handlers["summaries.rewriteSection"](id, version?.id ?? "", section?.id ?? "", {
      way: "again",
      engine: serverEngineId,
    });
    await begun.promise;
    await strike();
    gate.resolve();
    await assert.rejects(made, { code: "transcript-moved" });
    assert.ok(isGone(await app.handlers["summaries.list"](id)));
  });

  test("a question is not answered by them", async () => {
    const made = app.handlers["meetings.ask"]([id], "Vad sades om stödet?", serverEngineId);
    await begun.promise;
    await strike();
    gate.resolve();
    await assert.rejects(made, { code: "transcript-moved" });
  });

  test("a summary that is being made is begun anew without them", async () => {
    holds = (prompt) => !isGone(prompt);
    await app.handlers["summaries.make"](id, "minnesanteckningar", serverEngineId);
    await begun.promise;
    await strike();
    asked.length = 0;
    gate.resolve();
    await done();
    assert.ok(asked.length > 0 && isGone(asked), "and reads on without them");
    const versions = await app.handlers["summaries.list"](id);
    assert.equal(versions.length, 2);
    assert.ok(isGone(versions));
  });
});
