// Starts the opponent and talks to it. Bench only.
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export type StockRequest =
  | { readonly type: "load"; readonly dir: string; readonly dtype: "fp32" | "q8"; readonly threads: number }
  | { readonly type: "transcribe"; readonly samples: Float32Array; readonly times: "segments" | "words" };

export interface StockAnswer {
  readonly text: string;
  readonly elapsedMs: number;
}

export interface Stock {
  transcribe(samples: Float32Array, times: "segments" | "words"): Promise<StockAnswer>;
  close(): void;
}

export async function startStock(load: Extract<StockRequest, { type: "load" }>): Promise<Stock> {
  const child = fork(fileURLToPath(new URL("./stock-process.ts", import.meta.url)), { serialization: "advanced" });
  await ask(child, load);
  return {
    transcribe: (samples, times) => ask(child, { type: "transcribe", samples, times }),
    close: () => child.kill(),
  };
}

function ask(child: ChildProcess, request: StockRequest): Promise<StockAnswer> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("the stock pipeline's process ended"));
    child.once("exit", onExit);
    child.once("message", (answer: StockAnswer) => {
      child.off("exit", onExit);
      resolve(answer);
    });
    child.send(request);
  });
}
