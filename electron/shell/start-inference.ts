// The inference process under Electron: a utility process. Runs in main.
import type { UtilityProcess } from "electron";
import { inferenceEnvironment } from "../inference/environment.ts";
import type { AnswerMessage, StartInference } from "../inference/protocol.ts";

/** Electron's `utilityProcess`, as far as it is used here. */
export interface UtilityProcesses {
  fork(
    modulePath: string,
    args: string[],
    options: { serviceName: string; stdio: "ignore" | "inherit"; env: Record<string, string> },
  ): Pick<UtilityProcess, "postMessage" | "on" | "kill">;
}

/**
 * @param workerPath the built module of the inference process
 * @param stdio "inherit" for a developer; otherwise what ONNX Runtime writes goes nowhere
 */
export function startInferenceWith(
  processes: UtilityProcesses,
  workerPath: string,
  stdio: "ignore" | "inherit",
): StartInference {
  return () => {
    const env = inferenceEnvironment(process.env);
    const child = processes.fork(workerPath, [], { serviceName: "Lyssna inference", stdio, env });
    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on("message", (message: AnswerMessage) => listener(message)),
      onExit: (listener) => void child.on("exit", () => listener()),
      kill: () => void child.kill(),
    };
  };
}
