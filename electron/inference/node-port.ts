// The inference process under plain Node: a child process. The command line, the demonstration and the tests use it.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { AnswerMessage, StartInference } from "./protocol.ts";

/** What a child needs of the environment; nothing that could name a proxy or a token goes along. */
const passedOn = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LD_LIBRARY_PATH"];

/** Starts `worker.ts` as a child process that ends with this one. */
export function startNodeInference(workerPath?: string): StartInference {
  return () => {
    const env = Object.fromEntries(
      passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    );
    const path = workerPath ?? fileURLToPath(new URL("./worker.ts", import.meta.url));
    const child = fork(path, [], {
      serialization: "advanced",
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env,
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
