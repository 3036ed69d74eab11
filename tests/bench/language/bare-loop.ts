// The least that decoding can cost: llama.cpp's own binary, one sequence, the likeliest token each time, no grammar, no process
// between, nothing told. Usage: node tests/bench/language/bare-loop.ts FILE THREADS TOKENS. Prints tokens per second. Bench only.
import { openLlama } from "../../../electron/inference/language/open-llama.ts";

const [file = "", threads = "1", tokens = "1"] = process.argv.slice(2);
const llama = await openLlama("cpu", Number(threads));
const model = await llama.loadModel({ modelPath: file, gpuLayers: 0, ignoreMemorySafetyChecks: true });
const context = await model.createContext({
  contextSize: 2048,
  threads: Number(threads),
  ignoreMemorySafetyChecks: true,
});
const sequence = context.getSequence();
const prompt = model.tokenize("Regler. a b c d Skriv.");
let count = 0;
let firstMs = 0;
for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
  if (count === 0) firstMs = performance.now();
  if ((count += 1) >= Number(tokens)) break;
}
const elapsedMs = performance.now() - firstMs;
process.stdout.write(String(Math.round(((count - 1) / elapsedMs) * 10_000) / 10));
await context.dispose();
await model.dispose();
await llama.dispose();
