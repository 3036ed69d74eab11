// Calls on the event log: read and verified, and written out for the organisation's follow-up. Runs in main.
import type { Handlers } from "../contract.ts";
import { writeWhole } from "../export/write-whole.ts";
import type { EventLog } from "../log-events.ts";
import type { Retention } from "../retention-rules.ts";
import { knownRules } from "../retention/keep-rules.ts";
import type { Context } from "./context.ts";

type LogHandlers = Pick<Handlers, Extract<keyof Handlers, `log.${string}`>>;

type ReadLog = EventLog & { readonly rules: Readonly<Record<string, Retention>> };

export function logHandlers({ store, dialogs }: Context): LogHandlers {
  const read = async (limit: number): Promise<ReadLog> => ({
    ...(await store.readLog(limit)),
    rules: await knownRules(store),
  });
  return {
    "log.read": read,
    async "log.export"(format) {
      const path = await dialogs.chooseSavePath("Lyssna-log", format);
      if (path === null) return null;
      await store.noteEvent("log-exported", null, { code: format });
      const log = await read(Number.MAX_SAFE_INTEGER);
      await writeWhole(
        path,
        format === "csv" ? asCsv(log) : `${JSON.stringify({ lyssna: "log/1", ...log }, null, 2)}\n`,
      );
      return path;
    },
  };
}

const columns = [
  "number",
  "at",
  "event",
  "code",
  "count",
  "by",
  "from",
  "to",
  "meeting",
  "rules",
  "basis",
  "hash",
] as const;

/** RFC 4180, oldest first, with the mark that tells Excel that it is UTF-8. No field needs a quotation but the basis. */
function asCsv({ lines, rules }: ReadLog): string {
  const rows = lines.toReversed().map((line) => {
    const basis = line.rules === null ? "" : (rules[line.rules]?.standard.basis ?? "");
    return columns.map((column) => quoted(column === "basis" ? basis : String(line[column] ?? ""))).join(",");
  });
  return `\uFEFF${[columns.join(","), ...rows].join("\r\n")}\r\n`;
}

/** A spreadsheet would take a leading = + - @ for a formula. */
const quoted = (text: string): string => {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
