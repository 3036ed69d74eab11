// The inference process under plain Node: a child process. The command line, the demonstration and the tests use it.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inferenceEnvironment } from "./environment.ts";
import type { AnswerMessage, StartInference } from "./protocol.ts";

/** Starts `worker.ts` as a child process that ends with this one. */
export function startNodeInference(workerPath?: string): StartInference {
  return () => {
    const path = workerPath ?? fileURLToPath(new URL("./worker.ts", import.meta.url));
    const child = fork(path, [], {
      serialization: "advanced",
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: inferenceEnvironment(process.env),
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // A message to a child that just ended is answered by its exit.
    child.on("error", () => {});
    return {
      post: (message) => void child.send(message, () => {}),
      onMessage: (listener) => child.on("message", (message) => listener(message as AnswerMessage)),
      onExit: (listener) => child.once("exit", listener),
      kill: () => void child.kill("SIGKILL"),
    };
  };
}
