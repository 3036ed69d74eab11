// Types, lint and format of the whole repository; with --fix it formats and repairs what can be repaired. Build time only.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const checks = [
  { name: "types", script: "typescript/bin/tsc", args: ["-p", "."] },
  { name: "lint", script: "oxlint/bin/oxlint", args: [] },
  { name: "format", script: "oxfmt/bin/oxfmt", args: ["--check"] },
] as const;

const repairs = [
  { name: "format", script: "oxfmt/bin/oxfmt", args: [] },
  { name: "lint", script: "oxlint/bin/oxlint", args: ["--fix"] },
] as const;

/** Runs a package's own program with this Node: no shell, no .cmd files, the same on every system. */
function runTool(script: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, "node_modules", script), ...args], { cwd: root, stdio: "inherit" });
  return new Promise((done) => {
    child.on("error", () => done(false));
    child.on("exit", (code) => done(code === 0));
  });
}

const failed: string[] = [];
for (const { name, script, args } of process.argv.includes("--fix") ? repairs : checks) {
  if (!(await runTool(script, args))) failed.push(name);
}
process.stdout.write(failed.length === 0 ? "All checks passed.\n" : `Failed: ${failed.join(", ")}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
