// The command line as a person meets it: results, sentences, exit codes, and files whole or not at all.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import mammoth from "mammoth";
import { interfaceLanguage } from "../../electron/cli/texts.ts";
import { summarySchema, transcriptSchema } from "../../electron/formats.ts";
import { exampleMeetingPath } from "../../electron/import/example-meeting.ts";
import { cliPath, dir, env, file, lyssna, says } from "./cli-runner.ts";

describe("usage", () => {
  test("help and version go to standard output, in the language asked for", async () => {
    const help = await lyssna("--help", "--lang", "en");
    assert.equal(help.code, 0);
    assert.match(help.out, /transcript\.json and meeting\.summary\.json/u);
    assert.match((await lyssna("process", "--help")).out, /Slutkoder: 0 klart/u);
    assert.equal((await lyssna("--version")).out, "0.0.0-test\n");
  });

  test("mistakes are named, with exit code 2", async () => {
    says(await lyssna(), 2, /Ange ett kommando/u);
    says(await lyssna("fel"), 2, /Kommandot fel finns inte/u);
    says(await lyssna("--fel"), 2, /Flaggan --fel finns inte/u);
    says(await lyssna("transcribe"), 2, /Ange en fil/u);
    says(await lyssna("transcribe", "a.wav", "b.wav"), 2, /bara en fil/u);
    says(await lyssna("transcribe", "a.wav", "--frmat", "txt"), 2, /Flaggan --frmat finns inte/u);
    says(await lyssna("transcribe", "a.wav", "--out"), 2, /Flaggan --out behöver ett värde/u);
    says(await lyssna("transcribe", "a.wav", "--format", "pdf"), 2, /--format kan inte ha värdet pdf/u);
    says(await lyssna("process", "a.wav", "--out", dir), 2, /Flaggan --template saknas/u);
    says(await lyssna("process", "a.wav", "--template", "sip"), 2, /Flaggan --out saknas/u);
    says(await lyssna("--lang", "de", "doctor"), 2, /--lang kan inte ha värdet de/u);
    says(await lyssna("--lang", "en", "templates", "show"), 2, /Name the template or model/u);
  });

  test("the language is the environment's, else Swedish", () => {
    assert.equal(interfaceLanguage({ LANG: "en_GB.UTF-8" }), "en");
    assert.equal(interfaceLanguage({ LANG: "en_GB.UTF-8", LC_ALL: "sv_SE.UTF-8" }), "sv");
    assert.equal(interfaceLanguage({ LC_ALL: "", LANG: "en" }), "en");
    assert.equal(interfaceLanguage({ LANG: "C.UTF-8" }), "sv");
    assert.equal(interfaceLanguage({}), "sv");
  });
});

describe("mask", () => {
  const said = "Anna Lind: Jag heter Anna Lind och bor på Storgatan 4.\nKlient: Ring 070-174 06 22, Anna.\n";

  test("masks, keeps a key when asked, and brings everything back with it", async () => {
    const path = await file("samtal.txt", said);
    const [masked, key] = [join(dir, "maskad.json"), join(dir, "nyckel.json")];
    assert.equal((await lyssna("mask", path, "--out", masked, "--key", key)).code, 0);
    const hidden = await readFile(masked, "utf8");
    assert.doesNotMatch(hidden, /Anna|Lind|Storgatan|174/u);
    assert.match(hidden, /\[PERSON_1\].*\[ADRESS_1\].*\[TELEFON_1\]/su);
    assert.equal((await stat(key)).mode & 0o077, 0);
    const back = transcriptSchema.parse(JSON.parse((await lyssna("mask", masked, "--restore", "--key", key)).out));
    assert.deepEqual(
      back.segments.map(({ text }) => text),
      ["Jag heter Anna Lind och bor på Storgatan 4.", "Ring 070-174 06 22, Anna."],
    );
    assert.match((await lyssna("mask", path, "--format", "txt")).out, /\[PERSON_1\]/u);
  });

  test("a key that is none, or none at all, is named", async () => {
    const path = await file("samtal2.txt", said);
    says(
      await lyssna("mask", path, "--restore", "--key", await file("fel.json", "{}")),
      3,
      /fel.json är inte en nyckelfil/u,
    );
    says(await lyssna("mask", path, "--restore"), 2, /Flaggan --key saknas/u);
    says(await lyssna("mask", path, "--key", path), 2, /samtal2/u);
  });
});

describe("templates", () => {
  test("are listed, shown and checked", async () => {
    assert.match((await lyssna("templates", "list")).out, /^journalanteckning\tJournalanteckning$/mu);
    const shown = await lyssna("templates", "show", "sip");
    const path = await file("min.json", shown.bytes);
    assert.equal((await lyssna("templates", "check", path)).out, "min.json\tok\n");
    says(await lyssna("templates", "show", "finns-inte"), 3, /ingen mall med namnet finns-inte/u);
    says(await lyssna("templates", "check", await file("fel.json", "{}")), 3, /Mallen fel.json går inte att använda/u);
  });
});

describe("models", () => {
  test("are listed; what is not there cannot be removed or installed", async () => {
    assert.match((await lyssna("models", "list")).out, /^kb-whisper-small\tinte installerad\t407 MB/mu);
    says(await lyssna("models", "remove", "../x"), 4, /finns inte på datorn/u);
    says(await lyssna("models", "install", "påhittad"), 4, /finns inte på datorn/u);
    const failed = await lyssna("models", "install", "kb-whisper-tiny");
    assert.equal(failed.code, 1);
    assert.match(failed.err, /kb-whisper-tiny gick inte att hämta/u);
    says(await lyssna("transcribe", exampleMeetingPath, "--model", "saknas"), 4, /Modellen saknas finns inte/u);
  });
});

describe("summarise", () => {
  test("the example meeting: every line cites what was said", async () => {
    const { code, out, err } = await lyssna(
      "summarise",
      exampleMeetingPath,
      "--template",
      "uppfoljning",
      "--format",
      "json",
    );
    assert.equal(code, 0, err);
    assert.equal(err, "");
    const summary = summarySchema.parse(JSON.parse(out));
    const transcript = transcriptSchema.parse(JSON.parse(await readFile(exampleMeetingPath, "utf8")));
    const ids = new Set(transcript.segments.map(({ id }) => id));
    const items = summary.sections.flatMap((section) => section.items);
    assert.ok(items.length >= 10);
    for (const item of items) {
      assert.ok(item.segments.length > 0, item.text);
      assert.ok(item.segments.every((id) => ids.has(id)));
    }
  });

  test("several transcripts of several kinds become one report in Word", async () => {
    const other = await file(
      "möte två.txt",
      "Kim: Vi bestämmer att Robin bokar lokalen senast på fredag.\nRobin: Ja, jag bokar lokalen.\n",
    );
    const out = join(dir, "rapport.docx");
    const { code, err } = await lyssna(
      "summarise",
      exampleMeetingPath,
      other,
      "--template",
      "minnesanteckningar",
      "--format",
      "docx",
      "--out",
      out,
    );
    assert.equal(code, 0, err);
    const { value } = await mammoth.extractRawText({ path: out });
    assert.match(value, /möte 2, 00:0\d/u);
  });

  test("an own template by file", async () => {
    const template = { lyssna: "template/1", id: "egen", version: 1, title: "Egen", language: "sv" };
    const sections = [{ id: "a", heading: "Min rubrik", kind: "bullets", guidance: "Det viktigaste som sades." }];
    const path = await file("egen mall.json", JSON.stringify({ ...template, sections }));
    assert.match((await lyssna("summarise", exampleMeetingPath, "--template", path)).out, /## Min rubrik/u);
  });

  test("bad input has its exit code and its sentence", async () => {
    const by = ["--template", "sip"];
    says(await lyssna("summarise", join(dir, "saknas.vtt"), ...by), 3, /Filen saknas.vtt finns inte/u);
    says(await lyssna("summarise", await file("tom.txt", ""), ...by), 3, /Filen tom.txt är tom/u);
    says(await lyssna("summarise", await file("tyst.vtt", "WEBVTT\n"), ...by), 3, /inget att sammanfatta/u);
    says(await lyssna("summarise", await file("fel.json", "{"), ...by), 3, /inte giltig JSON/u);
    says(await lyssna("summarise", await file("a\nb.json", "{"), ...by), 3, /Filen a b.json/u);
    says(await lyssna("summarise", exampleMeetingPath, "--template", "nej"), 3, /ingen mall med namnet nej/u);
    says(
      await lyssna("summarise", exampleMeetingPath, ...by, "--engine", "gissa"),
      4,
      /Det finns ingen sammanfattare gissa på datorn/u,
    );
    says(await lyssna("summarise", exampleMeetingPath, ...by, "--format", "docx"), 2, /behöver --out/u);
  });

  test("a failure keeps the file that was there, and the input is never written over", async () => {
    const out = await file("kvar.md", "förut");
    await lyssna("summarise", await file("trasig.json", "{"), "--template", "sip", "--out", out);
    assert.equal(await readFile(out, "utf8"), "förut");
    const own = await file("egen.txt", "Kim: Vi ses på fredag.\n");
    says(await lyssna("summarise", own, "--template", "sip", "--out", own), 2, /kan inte skrivas över/u);
    says(
      await lyssna("summarise", own, "--template", "sip", "--out", join(dir, "x", "y.md")),
      1,
      /Det går inte att skriva till y.md/u,
    );
  });
});

describe("process without sound", () => {
  test("peer support is not listened to at all", async () => {
    const out = join(dir, "ut4");
    const path = await file("stöd.wav", "inte ljud");
    const { code, err } = await lyssna("process", path, "--template", "kamratstod", "--out", out);
    assert.equal(code, 0, err);
    assert.deepEqual((await readdir(out)).toSorted(), ["stöd.docx", "stöd.md", "stöd.summary.json"]);
    assert.match(await readFile(join(out, "stöd.md"), "utf8"), /Fylls i av dig/u);
  });

  test("with --data it is also in an encrypted folder, and only with the key", async () => {
    const args = [
      exampleMeetingPath,
      "--template",
      "sip",
      "--out",
      join(dir, "ut5"),
      "--formats",
      "md",
      "--data",
      join(dir, "data"),
    ];
    says(await lyssna("process", ...args), 2, /--key-file saknas/u);
    const { code, err } = await lyssna("process", ...args, "--key-file", join(dir, "nyckel"));
    assert.equal(code, 0, err);
    const other = await file("annan-nyckel", "ab".repeat(32));
    says(await lyssna("process", ...args, "--key-file", other), 1, /Nyckeln passar inte/u);
    const names = await readdir(join(dir, "data"), { recursive: true });
    for (const name of names) {
      const bytes = await readFile(join(dir, "data", name)).catch(() => Buffer.alloc(0));
      assert.ok(!bytes.includes("Exempelsson"), name);
    }
  });
});

test(
  "a reader that goes away early is no failure",
  { skip: process.platform === "win32" && "no pipes as here" },
  async () => {
    const child = spawn(process.execPath, [cliPath, "templates", "show", "sip"], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    assert.equal(await new Promise((done) => child.on("exit", done)), 0, err);
    assert.equal(err, "");
  },
);
