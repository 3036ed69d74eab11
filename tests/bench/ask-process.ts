// A process of its own that is asked one thing, answers and ends. Bench only.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** @param file beside this one. Throws when the process ends without an answer. */
export async function askProcess<Answer>(file: string, request: object): Promise<Answer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { serialization: "advanced" });
  try {
    return await new Promise<Answer>((resolve, reject) => {
      child.once("exit", () => reject(new Error(`${file} ended without an answer`)));
      child.once("error", reject);
      child.once("message", (answer) => resolve(answer as Answer));
      child.send(request);
    });
  } finally {
    child.kill();
  }
}
