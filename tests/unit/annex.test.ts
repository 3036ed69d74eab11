// The annex to an impact assessment says what is so on this computer: another configuration, another text.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { extractText, getDocumentProxy } from "unpdf";
import { installedModels } from "../../electron/calls/annex.ts";
import { defaultSettings } from "../../electron/contract.ts";
import { annexPdf } from "../../electron/export/annex/annex-pdf.ts";
import type { AnnexFacts } from "../../electron/export/annex/facts.ts";
import { type Annex, annexOf } from "../../electron/export/annex/outline.ts";
import type { InterfaceLanguage } from "../../electron/formats.ts";
import { manifestFile } from "../../electron/models/model-folder.ts";
import { brokenPolicy, noPolicy, wholePolicy } from "../../electron/policy/state.ts";
import { noRetention, noRule, type RetentionRule } from "../../electron/retention-rules.ts";
import { temporaryFolder } from "../sound-files.ts";

const facts: AnnexFacts = {
  printedAt: "2026-03-10T09:02:00",
  version: "1.2.3",
  platform: "linux",
  dataDir: "/home/eva/.config/Lyssna/data",
  parts: [["Node.js", "24.21.0"]],
  policy: noPolicy.state,
  settings: defaultSettings,
  retention: noRetention,
  templates: { sip: "Samordnad individuell plan" },
  models: [],
  hosts: ["huggingface.co", "hf.co"],
  synchronisedBy: null,
  log: { count: 12, head: "ab".repeat(32), whole: true },
};

const words = ({ sections }: Annex): string =>
  sections
    .flatMap(({ heading, body }) => [
      heading,
      ...body.flatMap((part) =>
        part.kind === "list" ? part.items : part.kind === "table" ? [...part.header, ...part.rows.flat()] : [part.text],
      ),
    ])
    .join("\n");
const says = (more: Partial<AnnexFacts>, language: InterfaceLanguage = "sv") =>
  words(annexOf({ ...facts, ...more }, language));
const ruled = (rule: Partial<RetentionRule>) => ({ ...noRetention, standard: { ...noRule, ...rule } });

describe("the annex", () => {
  test("tells what goes when, and on which basis, as the rules have it", () => {
    assert.match(says({}), /Ingen tid är bestämd/u);
    assert.match(says({}), /ingen är angiven.+gallringsbeslut/u);
    const approved = says({
      retention: ruled({ sound: { from: "approved", days: 0, atMostDays: 90 }, basis: "dnr 1/26" }),
    });
    assert.match(approved, /En timme efter att sammanfattningen godkändes, dock senast 90 dagar/u);
    assert.match(approved, /Grund: dnr 1\/26/u);
    assert.doesNotMatch(approved, /ingen är angiven/u);
    const days = says({ retention: ruled({ transcript: { from: "kept", days: 30, atMostDays: null } }) });
    assert.match(days, /30 dagar efter att samtalet kom in\./u);
    assert.match(days, /Texten av samtalet: 30 dagar efter/u, "the client reads the same");
    assert.match(says({ retention: ruled({ mayExtendDays: 0 }) }), /kan inte skjutas upp/u);
    assert.match(says({ retention: ruled({ mayExtendDays: 14 }) }), /högst 14 dagar/u);
    assert.match(says({ retention: ruled({ protectOpenCase: false }) }), /märkt som pågående: ja/u);
    const own = { ...noRetention, byTemplate: [{ templateId: "sip", rule: noRule }] };
    assert.match(says({ retention: own }), /mallen Samordnad individuell plan/u);
  });

  test("tells what the policy lets out, and that nothing goes under one that cannot be read", () => {
    assert.match(says({}), /ingen policyfil/u);
    const { state } = wholePolicy("/etc/lyssna/policy.json", "x", {
      lyssna: "policy/1",
      organisation: "Exempelkommunen",
      export: { formats: ["docx", "pdf"], copy: false },
      network: { hosts: ["hf.co"] },
      lock: { idleMinutes: 10 },
      log: { keepDays: 730 },
    });
    const decided = says({ policy: state });
    assert.match(decided, /Exempelkommunen styr genom \/etc\/lyssna\/policy\.json/u);
    assert.match(decided, /docx, pdf/u);
    assert.match(decided, /bara dessa värdar: hf\.co\./u);
    assert.match(decided, /efter 10 minuter/u);
    assert.match(decided, /äldre än 730 dagar/u);
    const broken = brokenPolicy("/etc/lyssna/policy.json", { code: "policy-broken", details: {} });
    assert.match(says({ policy: broken.state }), /Därför gallras inget/u);
    assert.match(says({ policy: broken.state }), /Nätverket är avstängt/u);
  });

  test("tells where it lies, which models, which versions, and whether the log hangs together", () => {
    assert.match(says({ synchronisedBy: "OneDrive" }), /OneDrive kopierar/u);
    assert.doesNotMatch(says({}), /kopierar till andra/u);
    assert.match(says({ platform: "darwin" }), /Time Machine/u);
    const file = { path: "onnx/encoder_model.onnx", sha256: "cd".repeat(32) };
    const model = {
      kind: "speech",
      id: "m",
      title: "KB-Whisper small",
      licence: "Apache-2.0",
      revision: "abc123",
      files: [file],
    } as const;
    const shown = says({ models: [model] });
    assert.ok(shown.includes(file.sha256) && shown.includes("abc123") && shown.includes("24.21.0"));
    const writer = { ...model, kind: "language", title: "Qwen3 1.7B", files: [] } as const;
    assert.match(says({ models: [model, writer] }), /gör ljud till text.+Qwen3 1\.7B\nspråkmodell.+Inga noterades/su);
    assert.match(says({ log: { ...facts.log, whole: false } }), /hänger inte ihop/u);
    assert.match(says({ settings: { ...defaultSettings, watchedFolder: "/in" } }), /mappen \/in/u);
  });

  test("lists models of every kind that lie on the computer, with the sums that were noted", async () => {
    using folder = temporaryFolder();
    const sha256 = "ef".repeat(32);
    const put = async (id: string, path: string, bytes: string) => {
      await mkdir(join(folder.dir, id, dirname(path)), { recursive: true });
      await writeFile(join(folder.dir, id, path), bytes);
      const manifest = {
        lyssna: "model/1",
        id,
        revision: "abc123",
        files: [{ path, sizeBytes: bytes.length, sha256 }],
      };
      await writeFile(join(folder.dir, id, manifestFile), JSON.stringify(manifest));
    };
    await put("kb-whisper-small", "onnx/encoder_model.onnx", "x");
    await put("voices", "segmentation/onnx/model.onnx", "x");
    await put("qwen3-1.7b", "Qwen3-1.7B-Q8_0.gguf", "GGUF");
    const found = await installedModels(folder.dir);
    assert.deepEqual(
      found.map(({ kind, id, revision, files }) => [kind, id, revision, files[0]?.sha256]),
      [
        ["speech", "kb-whisper-small", "abc123", sha256],
        ["voices", "voices", "abc123", sha256],
        ["language", "qwen3-1.7b", "abc123", sha256],
      ],
    );
    assert.equal(found[2]?.title, "Qwen3 1.7B");
  });

  test("says the same number of things in both languages", () => {
    const shape = (language: InterfaceLanguage) =>
      annexOf(facts, language).sections.map(({ body }) =>
        body.map((part) => (part.kind === "list" ? part.items.length : part.kind)),
      );
    assert.deepEqual(shape("en"), shape("sv"));
    assert.doesNotMatch(says({}, "en"), /\{\w+\}|undefined/u);
    assert.doesNotMatch(says({}), /\{\w+\}|undefined/u);
  });

  test("is a tagged PDF that holds every word of it", async () => {
    const annex = annexOf(facts, "sv");
    const pdf = await getDocumentProxy(await annexPdf(annex));
    const { text } = await extractText(pdf, { mergePages: true });
    const plain = (of: string) => of.replaceAll(/\s+/gu, "");
    for (const line of words(annex).split("\n")) assert.ok(plain(text).includes(plain(line)), line);
    assert.equal((await pdf.getMarkInfo())?.Marked, true);
  });
});
