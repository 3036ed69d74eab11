// npm run speak -- "text" OUT.wav: says a text in the demonstration voice. Runs under Node.
// A long text may come on standard input, with - in its place. Exit codes are those of the command line (electron/errors.ts).
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { errorSentence, exitCodeOf, LyssnaError, toErrorData } from "../../electron/errors.ts";
import { say, wavBytes } from "./say.ts";
import { loadVoice } from "./voice.ts";

function main(args: readonly string[]): void {
  const [text, path, ...more] = args[0] === "--" ? args.slice(1) : args;
  if (text === undefined || path === undefined || more.length > 0) {
    throw new LyssnaError("usage", { reason: 'npm run speak -- "text" OUT.wav.' });
  }
  const wav = wavBytes(say(text === "-" ? readFileSync(0, "utf8") : text, loadVoice()));
  const draft = `${path}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, wav);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    const data = toErrorData(error);
    throw data.code === "no-room" ? error : new LyssnaError("cannot-write", { file: path }, { cause: error });
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  const data = toErrorData(error);
  process.stderr.write(`${errorSentence(data, "sv")}\n${errorSentence(data, "en")}\n`);
  process.exitCode = exitCodeOf(data.code);
}
