// Tokens per second of our language engine, grammar and process and all, against a bare decoding loop on the same llama.cpp
// binary and the same random-weight file of a 1 B shape. llama.cpp's own llama-bench comes with no package that we have: the
// bare loop (tests/bench/language/bare-loop.ts) stands in for it, in a process of its own, and the report says so. Bench only.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createLanguageInference } from "../../../electron/inference/language-client.ts";
import { startNodeInference } from "../../../electron/inference/node-port.ts";
import type { AnswerSchema } from "../../../electron/inference/language-protocol.ts";
import { billionShape, makeRandomModel, tinyShape } from "../../random-language/make-model.ts";
import type { BenchOptions } from "../options.ts";
import { describeMachine, makeRow, median, type Report } from "../report.ts";

const tokens = 96;
const contextTokens = 2048;
/** Text that never has to end before the tokens do. */
const schema: AnswerSchema = { type: "object", properties: { text: { type: "string", maxLength: 100_000 } } };

export async function measureLanguage({ rounds, threads, quick, progress }: BenchOptions): Promise<Report> {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-bench-language-"));
  try {
    progress("making a model of random weights");
    const file = await makeRandomModel(join(dir, "random.gguf"), quick ? tinyShape : billionShape);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      // Ours before and after the other: a machine that slows down meanwhile is seen.
      ours.push(await measureOurs(file, threads));
      bare.push(await measureBare(file, threads));
      ours.push(await measureOurs(file, threads));
      progress(`round ${String(round + 1)}: ours ${ours.slice(-2).join(", ")}, bare ${String(bare.at(-1))} tokens/s`);
    }
    const share = median(ours) / median(bare);
    const plain = { unit: "tokens/s", bar: null, aim: null, better: "higher" } as const;
    return {
      suite: "language",
      date: new Date().toISOString().slice(0, 10),
      machine: describeMachine(),
      notes: [
        `${quick ? "Half a megabyte" : "1 B shape, Q4_0"}, random weights, ${String(threads)} threads, ${String(tokens)} tokens decoded, medians.`,
        "Against a bare decoding loop on the same llama.cpp binary, not llama-bench: no package carries that program.",
      ],
      rows: [
        makeRow({ id: "language-vs-bare", unit: "×", bar: quick ? null : 0.9, aim: null, better: "higher" }, share),
        makeRow({ id: "language-tokens", ...plain }, median(ours)),
        makeRow({ id: "language-tokens-bare", ...plain }, median(bare)),
      ],
      skipped: [],
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function measureOurs(file: string, threads: number): Promise<number> {
  const { signal } = new AbortController();
  const inference = createLanguageInference(startNodeInference());
  try {
    const model = await inference.load({ file, device: "cpu", threads, contextTokens }, signal);
    const request = { system: "Regler.", shared: "a b c d ", task: "Skriv.", schema, maxTokens: tokens };
    const { answerTokens, answerMs } = await model.answer(request, { signal });
    // The first token comes with the prompt.
    return Math.round(((answerTokens - 1) / answerMs) * 10_000) / 10;
  } finally {
    inference.close();
  }
}

async function measureBare(file: string, threads: number): Promise<number> {
  const loop = join(import.meta.dirname, "bare-loop.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [loop, file, String(threads), String(tokens)]);
  return Number(stdout);
}
