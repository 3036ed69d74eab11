// Who may import whom: the one table. tests/unit/architecture.test.ts enforces it and the README shows it
// (`node tests/architecture.ts` prints it as Markdown).
import { pathToFileURL } from "node:url";

export interface Part {
  readonly name: string;
  /** Files and folders, from the repository's root. The longest match decides which part a file belongs to. */
  readonly paths: readonly string[];
  /** Parts it may import, besides itself. */
  readonly imports: readonly string[];
  /** Packages that only the parts that name them may import; see `guardedPackages`. */
  readonly packages?: readonly string[];
  /** True where the code must run without Node: in the window, or anywhere. */
  readonly withoutNode?: boolean;
}

const core = ["values", "interfaces"];
const stages = [
  "files",
  "voices",
  "pipeline",
  "glossary",
  "summary",
  "review",
  "masking",
  "export",
  "import",
  "models",
];

export const parts: readonly Part[] = [
  {
    name: "values",
    paths: [
      "electron/formats.ts",
      "electron/errors.ts",
      "electron/reasons.ts",
      "electron/work.ts",
      "electron/field-name.ts",
      "electron/file-endings.ts",
      "electron/list-pieces.ts",
      "electron/live-text.ts",
      "electron/loopback.ts",
      "electron/engine-ids.ts",
      "electron/rewrite-ways.ts",
      "electron/renditions.ts",
      "electron/lock-state.ts",
      "electron/network-status.ts",
      "electron/masking-choice.ts",
      "electron/masking-kinds.ts",
      "electron/recorded.ts",
      "electron/retention-rules.ts",
      "electron/log-events.ts",
      "electron/export-formats.ts",
      "electron/sound-pick.ts",
      "electron/findings.ts",
      "electron/peaks.ts",
    ],
    imports: [],
    withoutNode: true,
  },
  {
    name: "interfaces",
    paths: [
      "electron/store/types.ts",
      "electron/inference/protocol.ts",
      "electron/inference/layout.ts",
      "electron/inference/language-protocol.ts",
      "electron/inference/environment.ts",
      "electron/glossary/types.ts",
    ],
    imports: ["values"],
    withoutNode: true,
  },
  {
    name: "files",
    paths: ["electron/read-bounded.ts", "electron/free-memory.ts", "electron/network.ts"],
    imports: ["values"],
  },
  { name: "threads", paths: ["electron/thread-calls.ts"], imports: ["values"] },
  { name: "onnx", paths: ["electron/onnx"], imports: [] },
  { name: "opus", paths: ["electron/opus"], imports: [], withoutNode: true },
  { name: "contract", paths: ["electron/contract.ts", "electron/contract"], imports: core, withoutNode: true },
  {
    name: "renderer",
    paths: ["renderer"],
    imports: [...core, "contract", "review", "editing"],
    packages: ["react"],
    withoutNode: true,
  },
  {
    name: "inference",
    paths: ["electron/inference"],
    imports: [...core, "files", "onnx", "voices"],
    packages: ["@huggingface/transformers", "onnxruntime-node", "node-llama-cpp"],
  },
  { name: "voices", paths: ["electron/voices"], imports: core },
  {
    name: "pipeline",
    paths: ["electron/pipeline"],
    imports: [...core, "files", "voices"],
    packages: ["fluent-ffmpeg"],
  },
  { name: "glossary", paths: ["electron/glossary"], imports: [...core, "files", "threads", "spelling"] },
  { name: "spelling", paths: ["electron/glossary/ordinary-words.ts"], imports: [] },
  { name: "summary", paths: ["electron/summary"], imports: [...core, "files", "review"] },
  { name: "review", paths: ["electron/summary/review.ts"], imports: ["values"], withoutNode: true },
  { name: "editing", paths: ["electron/editing"], imports: ["values"], withoutNode: true },
  { name: "masking", paths: ["electron/masking"], imports: ["values", "spelling"] },
  { name: "export", paths: ["electron/export"], imports: ["values", "contract", "review"] },
  { name: "import", paths: ["electron/import"], imports: ["values", "files", "contract"] },
  { name: "models", paths: ["electron/models"], imports: [...core, "files", "contract", "demonstration"] },
  { name: "demonstration", paths: ["models"], imports: ["values", "onnx"] },
  {
    name: "store",
    paths: ["electron/store"],
    imports: [...core, "threads", "opus", "editing"],
    packages: ["better-sqlite3"],
  },
  { name: "backup", paths: ["electron/backup"], imports: [...core, "store"] },
  { name: "recording", paths: ["electron/recording"], imports: [...core, "opus"] },
  {
    name: "doctor",
    paths: ["electron/doctor"],
    imports: [...core, "models", "pipeline", "store", "summary"],
  },
  { name: "policy", paths: ["electron/policy"], imports: [...core, "files", "contract"] },
  { name: "retention", paths: ["electron/retention"], imports: core },
  { name: "jobs", paths: ["electron/jobs"], imports: [...core, "contract", ...stages] },
  {
    name: "app",
    paths: ["electron/app.ts", "electron/snapshots.ts", "electron/calls"],
    imports: [
      ...core,
      "contract",
      "inference",
      "jobs",
      "doctor",
      "store",
      "backup",
      "recording",
      "policy",
      "retention",
      "demonstration",
      ...stages,
    ],
  },
  { name: "shell", paths: ["electron/shell"], imports: [...core, "files", "contract", "app", "store", "recording"] },
  {
    name: "main",
    paths: ["electron/main.ts"],
    imports: [...core, "files", "contract", "app", "shell", "policy", "store", "recording", "cli"],
    packages: ["electron"],
  },
  {
    name: "preload",
    paths: ["electron/preload.ts"],
    imports: [...core, "contract"],
    packages: ["electron"],
    withoutNode: true,
  },
  {
    name: "cli",
    paths: ["electron/cli.ts", "electron/cli"],
    imports: [
      ...core,
      "contract",
      "inference",
      "jobs",
      "doctor",
      "store",
      "backup",
      "recording",
      "policy",
      "demonstration",
      ...stages,
    ],
  },
];

/** Not part of the product, and so imported by none of it. They may import everything. */
export const outsideFolders = ["build", "tests"];

/** Each of these has one home, so that there is one place to look and one place to change. */
export const guardedPackages = [...new Set(parts.flatMap((part) => part.packages ?? []))];

/** Modules that open a connection. No file of the product imports one: the only `fetch` is handed in by the host. */
export const networkModules = ["http", "https", "http2", "net", "tls", "dgram", "dns", "undici", "ws"];

export function partOf(path: string): Part | undefined {
  const matches = parts.flatMap((part) =>
    part.paths.filter((own) => path === own || path.startsWith(`${own}/`)).map((own) => ({ part, length: own.length })),
  );
  return matches.toSorted((one, other) => other.length - one.length)[0]?.part;
}

/** The table as the README shows it. */
export function asMarkdown(): string {
  const rows = parts.map(({ name, paths, imports, packages = [], withoutNode = false }) => {
    const notes = [
      ...packages.map((guarded) => `the only home of \`${guarded}\``),
      ...(withoutNode ? ["runs without Node"] : []),
    ];
    return `| ${name} | ${paths.map((path) => `\`${path}\``).join(", ")} | ${imports.join(", ") || "–"} | ${notes.join("; ")} |`;
  });
  return ["| part | where | may import | |", "|---|---|---|---|", ...rows].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.stdout.write(`${asMarkdown()}\n`);
