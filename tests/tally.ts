// Counts what Node's test runner reports and prints a line per file, and failures in full. Used by tests/run.ts.
import type { run } from "node:test";
import { inspect } from "node:util";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
}

export interface Skipped {
  readonly file: string;
  readonly name: string;
  readonly reason: string;
}

interface FileResult {
  passed: number;
  failed: number;
  skipped: number;
  durationMs: number;
  /** What the file printed: shown only if something in it failed. */
  output: string;
  readonly failures: string[];
}

type Events = ReturnType<typeof run>;

interface Outcome {
  readonly name: string;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: {
    readonly duration_ms: number;
    readonly type?: string | undefined;
    readonly error?: Error | undefined;
  };
}

/** Reads the runner's events to their end. Suites are not counted unless skipped whole, nor a test that failed only through its subtests. */
export async function countEvents(
  events: Events,
  options: { readonly print: (line: string) => void; readonly nameOf: (file: string) => string },
): Promise<Tally> {
  const { print, nameOf } = options;
  const files = new Map<string, FileResult>();
  const skipped: Skipped[] = [];
  const printed = new Set<string>();
  const resultOf = (file: string | undefined): FileResult => {
    const name = nameOf(file ?? "?");
    const known = files.get(name);
    if (known !== undefined) return known;
    const result: FileResult = { passed: 0, failed: 0, skipped: 0, durationMs: 0, output: "", failures: [] };
    files.set(name, result);
    return result;
  };

  for await (const { type, data } of events) {
    if (type === "test:pass" || type === "test:fail") {
      const outcome: Outcome = data;
      // A suite counts only when it was skipped whole: then nothing of it is told otherwise.
      if (outcome.details.type === "suite" && !isSet(outcome.skip)) continue;
      const result = resultOf(outcome.file);
      if (type === "test:fail" && isOwnFailure(outcome)) {
        result.failed += 1;
        result.failures.push(`    ✗ ${outcome.name}\n${indent(errorText(outcome.details.error))}`);
      } else if (type === "test:pass" && isSet(outcome.skip ?? outcome.todo)) {
        result.skipped += 1;
        const reason = outcome.skip ?? outcome.todo;
        skipped.push({
          file: nameOf(outcome.file ?? "?"),
          name: outcome.name,
          reason: typeof reason === "string" && reason !== "" ? reason : "no reason given",
        });
      } else if (type === "test:pass") result.passed += 1;
    } else if (type === "test:stdout" || type === "test:stderr") {
      resultOf(data.file).output += data.message;
    } else if (type === "test:summary" && data.file !== undefined) {
      const result = resultOf(data.file);
      result.durationMs = data.duration_ms;
      printed.add(nameOf(data.file));
      printFile(nameOf(data.file), result, print);
    }
  }
  // A file that ended before its tests did, for example at an import, sends no summary.
  for (const [name, result] of files) if (!printed.has(name)) printFile(name, result, print);
  const results = [...files.values()];
  return {
    passed: results.reduce((sum, result) => sum + result.passed, 0),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
    skipped,
  };
}

const isSet = (mark: string | boolean | undefined): boolean => mark !== undefined && mark !== false;

function isOwnFailure({ details, todo }: Outcome): boolean {
  const failureType = (details.error as { failureType?: string } | undefined)?.failureType;
  return failureType !== "subtestsFailed" && !isSet(todo);
}

function errorText(error: Error | undefined): string {
  const cause = error?.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
}

const indent = (text: string): string => text.replaceAll(/^/gmu, "      ");

function printFile(name: string, result: FileResult, print: (line: string) => void): void {
  const skippedPart = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
  const mark = result.failed > 0 ? "✗" : "✓";
  print(`  ${mark} ${name}  ${result.passed} passed${skippedPart}  ${(result.durationMs / 1000).toFixed(1)} s`);
  for (const failure of result.failures) print(failure);
  if (result.failed > 0 && result.output.trim() !== "") print(indent(result.output.trimEnd()));
}
