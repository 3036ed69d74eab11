// The opponent: the stock transformers.js pipeline, in a process of its own as ours is. Bench only; started by stock.ts.
import { env, pipeline } from "@huggingface/transformers";
import type { StockAnswer, StockRequest } from "./stock.ts";

env.allowRemoteModels = false;
env.allowLocalModels = true;

type Transcriber = (samples: Float32Array, options: object) => Promise<unknown>;
let transcriber: Transcriber | null = null;

async function answer(request: StockRequest): Promise<StockAnswer> {
  if (request.type === "load") {
    const sessionOptions = { intraOpNumThreads: request.threads, interOpNumThreads: 1 };
    const options = {
      dtype: request.dtype,
      device: "cpu",
      local_files_only: true,
      session_options: sessionOptions,
    } as const;
    transcriber = (await pipeline("automatic-speech-recognition", request.dir, options)) as unknown as Transcriber;
    return { text: "", elapsedMs: 0 };
  }
  if (transcriber === null) throw new Error("no model is loaded");
  const startMs = performance.now();
  const result = await transcriber(request.samples, {
    language: "sv",
    task: "transcribe",
    chunk_length_s: 30,
    stride_length_s: 5,
    return_timestamps: request.times === "words" ? "word" : true,
  });
  return { text: (result as { text: string }).text, elapsedMs: performance.now() - startMs };
}

process.on("message", (request: StockRequest) => {
  answer(request).then(
    (value) => process.send?.(value),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
