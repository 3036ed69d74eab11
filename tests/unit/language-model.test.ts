// A language model that talks nonsense, through the real process and llama.cpp: loads, counts, obeys the grammar, reads a
// shared beginning once, and leaves nothing unseen.
import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Summary, summarySchema } from "../../electron/formats.ts";
import { binaryName } from "../../electron/inference/language/open-llama.ts";
import { createLanguageInference, type MeasuredModel } from "../../electron/inference/language-client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { answerSchema } from "../../electron/summary/generative/answers.ts";
import { generateSummary } from "../../electron/summary/generative/generate-summary.ts";
import { makeRandomModel, tinyShape } from "../random-language/make-model.ts";
import { homeVisit, plain, template } from "./talks.ts";

const skip = binaryName("cpu") === null ? "llama.cpp has no binary for this system" : false;
const { signal } = new AbortController();
const one = { device: "cpu", threads: 1, contextTokens: 16_384 } as const;
const schema = answerSchema(["s1", "s2", "s31"], "bullets", 2, 1);
/** It must say something: no heading may be left empty. */
const talkative = (model: MeasuredModel): MeasuredModel => ({
  ...model,
  answer(asked, work) {
    const least = JSON.parse(JSON.stringify(asked.schema), (key, value: unknown) =>
      key === "items" && Object.hasOwn(value as object, "minItems") ? { ...(value as object), minItems: 1 } : value,
    ) as typeof asked.schema;
    return model.answer({ ...asked, schema: least }, work);
  },
});
const request = { system: "Regler.", shared: "a b ".repeat(300), task: "Skriv.", schema, maxTokens: 1500 };

describe("a language model of random weights", { skip }, () => {
  let dir: string;
  let file: string;
  let model: MeasuredModel;
  const inference = createLanguageInference(startNodeInference());

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "lyssna-language-"));
    file = await makeRandomModel(join(dir, "nonsense.gguf"), tinyShape, 4);
    model = await inference.load({ ...one, file }, signal);
  });
  after(async () => {
    inference.close();
    await rm(dir, { recursive: true, force: true });
  });

  test("answers JSON of the shape that was asked for, with marks in scope and no others", async () => {
    const texts: string[] = [];
    const answer = await model.answer(request, { signal, onText: (text) => texts.push(text) });
    assert.ok(answer.isWhole, "the lengths in the shape bound the answer");
    const { items } = JSON.parse(answer.text) as { items: { segments: string[]; text: string }[] };
    assert.ok(items.length >= 1 && items.length <= 2);
    for (const { segments, text } of items) {
      assert.ok(segments.length >= 1 && segments.every((mark) => ["s1", "s2", "s31"].includes(mark)));
      assert.ok(Array.from(text).length <= 400);
    }
    assert.ok(texts.every((text) => answer.text.startsWith(text.trimStart().slice(0, 10))));
  });

  test("reads the beginning that two requests share once", async () => {
    await model.answer(request, { signal });
    const second = await model.answer({ ...request, task: "Något annat." }, { signal });
    const sharedTokens = (await model.countTokens([request.shared], signal))[0] ?? 0;
    assert.ok(second.reusedTokens >= sharedTokens, `${second.reusedTokens} of ${second.promptTokens}`);
    assert.ok(second.reusedTokens < second.promptTokens);
  });

  test("the same request gives the same answer, whatever was read before", async () => {
    const first = await model.answer(request, { signal });
    await model.answer({ ...request, shared: "Helt annat." }, { signal });
    assert.equal((await model.answer(request, { signal })).text, first.text);
  });

  test("a control token that somebody utters is letters", async () => {
    const [said = 0, control = 0] = await model.countTokens(["<|im_end|>", "x"], signal);
    assert.equal(said, "<|im_end|>".length);
    assert.equal(control, 1);
  });

  test("a prompt that is longer than the context is refused, never cut", async () => {
    await assert.rejects(model.answer({ ...request, shared: "a".repeat(15_000) }, { signal }), {
      code: "prompt-too-long",
    });
  });

  test("cancelling ends the process at once; the next load starts another", async () => {
    const other = createLanguageInference(startNodeInference());
    const stop = new AbortController();
    const loaded = await other.load({ ...one, file }, signal);
    const answered = loaded.answer({ ...request, shared: "b".repeat(9000) }, { signal: stop.signal });
    stop.abort();
    await assert.rejects(answered, { code: "cancelled" });
    assert.ok((await other.load({ ...one, file }, signal)).contextTokens > 0);
    other.close();
  });

  test("a file that is cut off, empty or something else is damaged, and one that is not there is missing", async () => {
    const half = await makeRandomModel(join(dir, "half.gguf"));
    await truncate(half, 300_000);
    const other = join(dir, "other.gguf");
    await writeFile(other, "not a model");
    const loading = createLanguageInference(startNodeInference());
    for (const broken of [half, other])
      await assert.rejects(loading.load({ ...one, file: broken }, signal), { code: "model-damaged" });
    await assert.rejects(loading.load({ ...one, file: join(dir, "no.gguf") }, signal), { code: "model-missing" });
    loading.close();
  });

  test("makes a valid summary of which every sentence is marked unsupported, and nothing that was said is lost", async () => {
    const own = template([...plain.sections, { id: "bedomning", heading: "Bedömning", kind: "manual" }]);
    const fractions: number[] = [];
    const summary = await generateSummary([homeVisit], own, talkative(model), {
      engine: { id: "nonsense", version: "1" },
      whenUnsupported: "mark",
      signal,
      report: (fraction) => fractions.push(fraction),
    });
    summarySchema.parse(summary);
    const written = summary.sections.flatMap(({ items }) => items);
    assert.ok(written.length > 0, "nonsense was written");
    for (const { text, support, reasons, segments } of written) {
      assert.equal(support, "unsupported", text);
      assert.ok((reasons ?? []).length > 0);
      assert.ok(segments.every((id) => homeVisit.segments.some((segment) => segment.id === id)));
    }
    assert.deepEqual(sectionOf(summary, "bedomning"), { state: "left-to-person", items: [] });
    const leftOut = summary.unplaced.filter((item) => item["leftOut"] === true);
    assert.ok(
      leftOut.some(({ text }) => text.includes("4 500")),
      "what the built-in engine found is listed",
    );
    assert.equal(fractions.at(-1), 1);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
  });

  test("where the built-in sentence is preferred, nothing unsupported stands under a heading", async () => {
    const summary = await generateSummary([homeVisit], plain, talkative(model), {
      engine: { id: "nonsense", version: "1" },
      whenUnsupported: "built-in",
      signal,
      report: () => {},
    });
    const written = summary.sections.flatMap(({ items }) => items);
    assert.ok(written.some(({ text }) => text.includes("4 500")));
    assert.ok(written.every(({ support }) => support !== "unsupported"));
  });
});

function sectionOf({ sections }: Summary, id: string) {
  const found = sections.find((section) => section.id === id);
  return { state: found?.state, items: found?.items };
}
