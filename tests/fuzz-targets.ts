// Everything that reads what strangers hand in, with real inputs to spoil: for tests/long/fuzz.test.ts. Tests only.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openPackage, writePackage } from "../electron/backup/package-file.ts";
import { logoOf } from "../electron/calls/read-logo.ts";
import { exportDocument } from "../electron/export/export-document.ts";
import { wholeDocument } from "../electron/export/options.ts";
import type { Transcript } from "../electron/formats.ts";
import { readGlossary } from "../electron/glossary/glossary-file.ts";
import { fileLines, htmlLines, textLines } from "../electron/import/document-lines.ts";
import { exampleMeetingPath, loadExampleMeeting } from "../electron/import/example-meeting.ts";
import { findHeadings } from "../electron/import/find-headings.ts";
import { readTranscript } from "../electron/import/read-transcript.ts";
import { fitsWeights } from "../electron/inference/whisper/check-tokenizer.ts";
import { readTokens } from "../electron/inference/whisper/tokens.ts";
import { readMaskKey } from "../electron/masking/mask-key.ts";
import { catalogSchema } from "../electron/models/catalog.ts";
import { readLanguageSize } from "../electron/models/gguf.ts";
import { manifestFile, readManifest } from "../electron/models/model-folder.ts";
import { isWholeOnnx } from "../electron/models/onnx-whole.ts";
import { createGraph, modelBytes } from "../electron/onnx/graph.ts";
import { readModel } from "../electron/onnx/read.ts";
import { lastPage, readPage, writePage } from "../electron/opus/ogg-page.ts";
import { preSkipOf, silencePage } from "../electron/opus/opus-stream.ts";
import { readPolicyFile } from "../electron/policy/read-policy.ts";
import { parseKeyFile } from "../electron/store/keys/key-file.ts";
import { readTemplate, templatesDir } from "../electron/summary/templates.ts";
import { smallJpeg, smallPng } from "./small-pictures.ts";
import { makeRandomModel } from "./random-language/make-model.ts";

export interface Target {
  readonly name: string;
  readonly seeds: () => Promise<readonly Uint8Array[]>;
  readonly read: (bytes: Buffer) => unknown;
  /** What it may throw besides LyssnaError. */
  readonly refuses?: (error: unknown) => boolean;
}

const asFileIn =
  (dir: string) => (ending: string, read: (path: string) => Promise<unknown>) => async (bytes: Buffer) => {
    const path = join(dir, `input${ending}`);
    await writeFile(path, bytes);
    return read(path);
  };
const json = (value: unknown) => async () => [Buffer.from(JSON.stringify(value))];
const exported = (format: "vtt" | "srt" | "txt" | "docx" | "html") => async () => {
  const whole = await loadExampleMeeting();
  const transcript = { ...whole, segments: whole.segments.slice(0, 12) };
  return [await exportDocument({ kind: "transcript", transcript }, format, "sv")];
};
const isRangeError = (error: unknown) => error instanceof RangeError;
const base64 = Buffer.alloc(64, 7).toString("base64");

/** @param dir a folder for the inputs */
export function fuzzTargets(dir: string): readonly Target[] {
  const asFile = asFileIn(dir);
  return [
    ...(["vtt", "srt", "txt", "docx"] as const).map((format) => ({
      name: `transcripts (${format})`,
      seeds: exported(format),
      read: asFile(`.${format}`, readTranscript),
    })),
    {
      name: "transcripts (json)",
      seeds: async () => [await readFile(exampleMeetingPath)],
      read: asFile(".json", readTranscript),
    },
    {
      name: "templates",
      seeds: async () => {
        const names = (await readdir(templatesDir)).filter((name) => name.endsWith(".json"));
        return Promise.all(names.map((name) => readFile(join(templatesDir, name))));
      },
      read: asFile(".json", readTemplate),
    },
    {
      name: "glossary",
      seeds: json({
        lyssna: "glossary/1",
        title: "Enheten",
        terms: [
          { id: "t1", text: "Vårbacken", kind: "place", note: "skolan", soundsLike: ["vår backen"], heard: ["backen"] },
        ],
      }),
      read: asFile(".json", readGlossary),
    },
    {
      name: "policy",
      seeds: json({
        lyssna: "policy/1",
        organisation: "Exempelkommunen",
        lock: { idleMinutes: 5, passphraseRequired: true },
        network: { hosts: ["example.org"] },
        hide: ["liveText"],
        hidePages: ["log"],
        package: { make: false },
        export: { formats: ["docx"] },
      }),
      read: asFile(".json", readPolicyFile),
    },
    {
      name: "key file",
      seeds: json({
        lyssna: "key/2",
        envelopes: {
          passphrase: { salt: base64, logN: 15, r: 8, p: 1, share: null, sealed: base64 },
          recovery: { salt: base64, madeAt: "2026-01-01T00:00:00.000Z", sealed: base64 },
        },
      }),
      read: (bytes) => parseKeyFile(bytes.toString("utf8")),
    },
    {
      name: "model catalogue",
      seeds: async () => [await readFile(new URL("../models/catalog.json", import.meta.url))],
      read: (bytes) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(bytes.toString("utf8"));
        } catch {
          return null;
        }
        return catalogSchema.safeParse(parsed);
      },
    },
    {
      name: "ONNX",
      seeds: async () => {
        const graph = createGraph("fuzz");
        return [
          modelBytes(graph),
          await readFile(new URL("../node_modules/@ricky0123/vad-web/dist/silero_vad_legacy.onnx", import.meta.url)),
        ];
      },
      read: async (bytes) => {
        await asFile(".onnx", isWholeOnnx)(bytes);
        return readModel(bytes);
      },
      refuses: isRangeError,
    },
    {
      name: "GGUF",
      seeds: async () => [await readFile(await makeRandomModel(join(dir, "seed.gguf")))],
      read: asFile(".gguf", readLanguageSize),
    },
    {
      name: "Ogg pages",
      seeds: async () => {
        const packets = [Buffer.from("OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00", "latin1")];
        const head = writePage({ granule: 0n, serial: 7, sequence: 0, flags: 2, packets });
        const sound = Array.from({ length: 25 }, () => Buffer.from([0x08, 0xff, 0xfe]));
        return [
          Buffer.concat([head, writePage({ granule: 24_000n, serial: 7, sequence: 1, flags: 0, packets: sound })]),
        ];
      },
      read: (bytes) => {
        readPage(bytes);
        lastPage(bytes);
        preSkipOf(bytes);
        return silencePage(bytes, 0, 100, 200);
      },
      refuses: isRangeError,
    },
    {
      name: "packages",
      async seeds() {
        const path = join(dir, "seed.lyssna");
        const pieces = [
          { atMs: 0, bytes: Buffer.alloc(90_000, 7) },
          { atMs: 500, bytes: Buffer.from("Ogg") },
        ];
        const entries = async function* () {
          yield { name: "store.key", pieces: [{ atMs: 0, bytes: Buffer.alloc(32, 1) }] };
          yield { name: "sound/m1", pieces };
        };
        const signal = new AbortController().signal;
        const about = {
          what: "all",
          passphrase: packagePassphrase,
          appVersion: "1.0.0",
          now: new Date(0),
          signal,
        } as const;
        await writePackage(path, entries(), { ...about, cost: { logN: 4, r: 8, p: 1 } });
        return [await readFile(path)];
      },
      read: asFile(".lyssna", async (path) => {
        const opened = await openPackage(path, packagePassphrase);
        try {
          let count = 0;
          for await (const { bytes } of opened.pieces()) count += bytes.length;
          return count;
        } finally {
          await opened.close();
        }
      }),
    },
    {
      name: "mask keys",
      seeds: json({
        lyssna: "mask-key/1",
        language: "sv",
        names: [{ placeholder: "PERSON_1", kind: "person", text: "Eva" }],
        passages: { s1: ["Eva", "Evas"] },
      }),
      read: asFile(".json", readMaskKey),
    },
    ...(["html", "docx", "txt"] as const).map((format) => ({
      name: `old documents (${format})`,
      seeds: exported(format),
      read: asFile(`.${format}`, async (path) => findHeadings(await fileLines(path))),
    })),
    {
      name: "pasted text",
      seeds: exported("html"),
      read: (bytes) => {
        const text = bytes.toString("utf8");
        return [findHeadings(htmlLines(text)), findHeadings(textLines(text))];
      },
    },
    {
      name: "logos",
      seeds: async () => [smallPng(), smallJpeg],
      async read(bytes) {
        const logo = await logoOf(bytes);
        if (logo === null) return null;
        const transcript: Transcript = {
          lyssna: "transcript/1",
          language: "sv",
          durationMs: 0,
          speakers: [],
          segments: [],
        };
        const options = { ...wholeDocument, letterhead: { organisation: "", logo } };
        // What the picture's reader throws is told as a logo that documents cannot show.
        return exportDocument({ kind: "transcript", transcript }, "pdf", "sv", options).catch(() => null);
      },
    },
    {
      name: "model manifests",
      seeds: json({
        lyssna: "model/1",
        id: "kb-whisper-small",
        hub: "KBLab/kb-whisper-small",
        revision: "main",
        files: [{ path: "onnx/encoder_model.onnx", sizeBytes: 10, sha256: "ab".repeat(32) }],
      }),
      async read(bytes) {
        await mkdir(join(dir, "model"), { recursive: true });
        await writeFile(join(dir, "model", manifestFile), bytes);
        return readManifest(join(dir, "model"));
      },
    },
    {
      name: "models' token numbers",
      seeds: json({
        begin_suppress_tokens: [220, 50_257],
        decoder_start_token_id: 50_258,
        eos_token_id: 50_257,
        lang_to_id: { "<|en|>": 50_259, "<|sv|>": 50_273 },
        no_timestamps_token_id: 50_363,
        suppress_tokens: [1, 2, 7],
        task_to_id: { transcribe: 50_359, translate: 50_358 },
        model: { vocab: { a: 1 }, merges: ["a b"] },
        added_tokens: [{ id: 50_257, content: "<|endoftext|>", special: true }],
      }),
      read(bytes) {
        let parsed: unknown;
        try {
          parsed = JSON.parse(bytes.toString("utf8"));
        } catch {
          return null;
        }
        const config = (parsed ?? {}) as Readonly<Record<string, unknown>>;
        return fitsWeights(config, readTokens(config));
      },
      // Whoever loads a model tells any of these as a model that is damaged.
      refuses: (error) => error instanceof RangeError || error instanceof TypeError,
    },
  ];
}

const packagePassphrase = "fyra lugna ord i rad";
