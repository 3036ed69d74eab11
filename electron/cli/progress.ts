// Progress on standard error: one line that is written over on a terminal, a line at each tenth elsewhere.
// Runs in the command line.
import type { Terminal } from "./terminal.ts";

export interface ProgressLine {
  /** `fraction` is 0 to 1; what does not change what is shown costs nothing. */
  show(label: string, fraction: number): void;
  end(): void;
}

export function createProgressLine({ stderr }: Pick<Terminal, "stderr">): ProgressLine {
  let shown = "";
  return {
    show(label, fraction) {
      const percent = Math.floor(Math.min(1, Math.max(0, fraction)) * 100);
      const line = `${label} ${stderr.isTTY === true ? percent : percent - (percent % 10)} %`;
      if (line === shown) return;
      shown = line;
      stderr.write(stderr.isTTY === true ? `\r\u001B[2K${line}` : `${line}\n`);
    },
    end() {
      if (stderr.isTTY === true && shown !== "") stderr.write("\r\u001B[2K");
      shown = "";
    },
  };
}
