// Progress as a line that is written over on a terminal, or as a line per stage in a log. Used by the demo.
import type { WriteStream } from "node:tty";
import type { Progress, Stage } from "../electron/work.ts";

export interface ProgressLine {
  readonly report: (progress: Progress) => void;
  readonly end: () => void;
}

export function showProgress(stream: Pick<WriteStream, "write" | "isTTY">): ProgressLine {
  let shown = "";
  let finished: Stage | null = null;
  return {
    report({ stage, fraction }) {
      const line = `  ${stage.padEnd(14)} ${String(Math.floor(fraction * 100)).padStart(3)} %`;
      if (line === shown) return;
      if (stream.isTTY) stream.write(`\r${line}`);
      // A log gets each stage once, when it is done.
      else if (fraction >= 1 && finished !== stage) {
        finished = stage;
        stream.write(`${line}\n`);
      }
      shown = line;
    },
    end() {
      if (stream.isTTY && shown !== "") stream.write("\n");
    },
  };
}
