// Transcripts as other programs write them, read from real files.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { Document, Packer, Paragraph, TextRun } from "docx";
import fc from "fast-check";
import { type ErrorCode, LyssnaError } from "../../electron/errors.ts";
import { srt } from "../../electron/export/srt.ts";
import { vtt } from "../../electron/export/vtt.ts";
import type { Transcript } from "../../electron/formats.ts";
import { decodeText } from "../../electron/import/decode-text.ts";
import { headDate } from "../../electron/import/head-date.ts";
import { parseCues } from "../../electron/import/parse-cues.ts";
import { readTranscript } from "../../electron/import/read-transcript.ts";

let dir = "";
before(async () => void (dir = await mkdtemp(join(tmpdir(), "lyssna-read-"))));
after(() => rm(dir, { recursive: true, force: true }));

async function read(name: string, content: string | Uint8Array): Promise<Transcript> {
  const path = join(dir, name);
  await writeFile(path, content);
  return readTranscript(path);
}

const turns = ({ speakers, segments }: Transcript) =>
  segments.map(({ speaker, text }) => [speakers.find(({ id }) => id === speaker)?.name ?? null, text]);

const refuses = (name: string, content: string | Uint8Array, code: ErrorCode, reason?: string) =>
  assert.rejects(read(name, content), (error: unknown) => {
    assert.ok(error instanceof LyssnaError, String(error));
    assert.equal(error.code, code);
    assert.equal(error.details["file"], name);
    if (reason !== undefined) assert.equal(error.details["reason"], reason);
    return true;
  });

describe("subtitles", () => {
  test("Teams' WebVTT with voices, ids and notes", async () => {
    const transcript = await read(
      "teams.vtt",
      "\uFEFFWEBVTT\r\n\r\nNOTE skapad av ett möte\r\n\r\nabc-123/7-0\r\n00:00:03.120 --> 00:00:05.400\r\n<v Kim Påhitt>Hej, då\r\nbörjar vi.</v>\r\n\r\n" +
        "00:00:06.000 --> 00:00:07.000 align:start\r\n<v Robin Låtsas (tolk)>Ja &amp; tack &lt;3</v>\r\n",
    );
    assert.deepEqual(turns(transcript), [
      ["Kim Påhitt", "Hej, då börjar vi."],
      ["Robin Låtsas", "Ja & tack <3"],
    ]);
    assert.equal(transcript.speakers[1]?.role, "tolk");
    assert.equal(transcript.segments[0]?.startMs, 3120);
    assert.equal(transcript.segments[1]?.endMs, 7000);
    assert.equal(transcript.durationMs, 7000);
    assert.equal(transcript.segments[0]?.timing, undefined);
  });

  test("Zoom's WebVTT with names before the text", async () => {
    const transcript = await read(
      "zoom.vtt",
      "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nKim Påhitt: Välkomna.\n\n2\n00:00:02.500 --> 00:00:04.000\nRobin Låtsas: Tack: vi börjar.\n",
    );
    assert.deepEqual(turns(transcript), [
      ["Kim Påhitt", "Välkomna."],
      ["Robin Låtsas", "Tack: vi börjar."],
    ]);
  });

  test("a cue with two voices becomes two segments that share its time", () => {
    const lines = parseCues("WEBVTT\n\n00:00.000 --> 00:02.000\n<v A>aaaa</v> <v B>bbbb</v>\n");
    assert.deepEqual(lines, [
      { speaker: "A", text: "aaaa", startMs: 0, endMs: 1000 },
      { speaker: "B", text: "bbbb", startMs: 1000, endMs: 2000 },
    ]);
  });

  test("a line of unfinished tags is read in time", async () => {
    const { segments } = await read("tags.vtt", `WEBVTT\n\n00:00.000 --> 00:01.000\n${"<v ".repeat(100_000)}\n`);
    assert.equal(segments.length, 1);
  });

  test("a colon in running speech is no speaker", async () => {
    const transcript = await read(
      "tal.srt",
      "1\n00:00:01,000 --> 00:00:02,000\nSå här: vi tar det lugnt.\n\n2\n00:00:02,000 --> 00:00:03,000\nJa, det blir bra.\n",
    );
    assert.deepEqual(transcript.speakers, []);
    assert.equal(transcript.segments[0]?.text, "Så här: vi tar det lugnt.");
  });

  test("cues out of order are put in order of time", async () => {
    const transcript = await read(
      "o.vtt",
      "WEBVTT\n\n00:05.000 --> 00:06.000\nsedan\n\n00:01.000 --> 00:02.000\nförst\n",
    );
    assert.deepEqual(
      transcript.segments.map(({ text }) => text),
      ["först", "sedan"],
    );
  });

  test("a silent meeting's WebVTT is an empty transcript", async () => {
    assert.deepEqual((await read("tyst.vtt", "WEBVTT\n\n")).segments, []);
  });

  const name = fc.stringMatching(/^[A-ZÅÄÖ][a-zåäö]{1,8}( [A-ZÅÄÖ][a-zåäö]{1,8})?$/u);
  const line = fc.record({ gapMs: fc.nat(5000), lengthMs: fc.integer({ min: 1, max: 20_000 }), speaker: fc.nat(2) });
  const transcripts = (text: fc.Arbitrary<string>) =>
    fc
      .record({
        names: fc.uniqueArray(name, { minLength: 3, maxLength: 3 }),
        lines: fc.array(fc.tuple(line, text), { minLength: 1, maxLength: 20 }),
      })
      .map(({ names, lines }): Transcript => {
        let nowMs = 0;
        const segments = lines.map(([{ gapMs, lengthMs, speaker }, words], at) => {
          const startMs = nowMs + gapMs;
          nowMs = startMs + lengthMs;
          return { id: `s${at + 1}`, startMs, endMs: nowMs, speaker: "ABC"[speaker] ?? "A", text: words };
        });
        const speakers = names.map((full, at) => ({ id: "ABC"[at] ?? "A", name: full }));
        return { lyssna: "transcript/1", language: "sv", durationMs: nowMs, speakers, segments };
      });
  const timed = (transcript: Transcript) =>
    turns(transcript).map((turn, at) => [...turn, transcript.segments[at]?.startMs, transcript.segments[at]?.endMs]);
  // Up to one segment's length: longer turns are cut on purpose.
  const anyText = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 120 })
    .map((text) => text.replaceAll(/[\p{Cc}\s\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]+/gu, " ").trim())
    .filter((text) => text !== "");

  test("WebVTT written and read again is the same: words, names, times", async () => {
    await fc.assert(
      fc.asyncProperty(transcripts(anyText), async (transcript) => {
        assert.deepEqual(timed(await read("law.vtt", vtt(transcript, "sv"))), timed(transcript));
      }),
      { numRuns: 150 },
    );
  });

  test("SubRip written and read again is the same: words, names, times", async () => {
    const words = fc
      .stringMatching(/^[a-zåäö0-9][a-zåäö0-9 ,.?"'-]{0,80}[a-zåäö.]$/u)
      .filter((text) => !/\s{2}|-->/u.test(text));
    await fc.assert(
      fc.asyncProperty(transcripts(words), async (transcript) => {
        assert.deepEqual(timed(await read("law.srt", srt(transcript))), timed(transcript));
      }),
      { numRuns: 150 },
    );
  });
});

describe("text", () => {
  test("names before the text; times are spread by length and said to be", async () => {
    const transcript = await read("namn.txt", "Kim: Hej och välkommen hit.\nRobin (klient): Tack.\nKim: Hur är det?\n");
    assert.deepEqual(turns(transcript), [
      ["Kim", "Hej och välkommen hit."],
      ["Robin", "Tack."],
      ["Kim", "Hur är det?"],
    ]);
    assert.ok(transcript.segments.every(({ timing }) => timing === "spread"));
    const [first, second] = transcript.segments;
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(first.endMs, second.startMs);
    assert.ok(first.endMs - first.startMs > second.endMs - second.startMs);
    assert.equal(transcript.language, "sv");
  });

  test("times in brackets, with and without names", async () => {
    const transcript = await read("tid.txt", "[00:00:02] Kim: Hej.\n[00:01:02] Robin: Hej hej.\nVi fortsätter.\n");
    assert.deepEqual(turns(transcript), [
      ["Kim", "Hej."],
      ["Robin", "Hej hej. Vi fortsätter."],
    ]);
    assert.equal(transcript.segments[1]?.startMs, 62_000);
    assert.equal(transcript.segments[0]?.endMs, 62_000);
  });

  test("a long plain text is cut at sentences and nothing is lost", async () => {
    const sentence = "Det var en lång dag och vi hann prata om det mesta som rör boendet. ";
    const transcript = await read("lång.txt", sentence.repeat(40));
    assert.ok(transcript.segments.length > 5);
    assert.equal(transcript.segments.map(({ text }) => text).join(" "), sentence.repeat(40).trim());
    assert.deepEqual(transcript.speakers, []);
  });

  test("English is told from Swedish", async () => {
    assert.equal((await read("en.txt", "Kim: That is what we have to do, and you know it.\n")).language, "en");
  });

  for (const [encoding, bytes] of Object.entries({
    "UTF-8 with mark": Buffer.from("\uFEFFKim: Åtgärd på ön.", "utf8"),
    "UTF-16 with mark": Buffer.from("\uFEFFKim: Åtgärd på ön.", "utf16le"),
    "UTF-16 without mark": Buffer.from("Kim: Åtgärd på ön.", "utf16le"),
    "UTF-16 big-endian": Buffer.from("\uFEFFKim: Åtgärd på ön.", "utf16le").swap16(),
    "Windows-1252": Buffer.from("Kim: Åtgärd på ön.", "latin1"),
  })) {
    test(`${encoding} is understood`, () => {
      assert.equal(decodeText(bytes, "x.txt").replace("\uFEFF", ""), "Kim: Åtgärd på ön.");
    });
  }

  test("dates above a transcript", () => {
    assert.equal(headDate(["Uppföljning", "10 mars 2026, 09:02"]), "2026-03-10T09:02:00");
    assert.equal(headDate(["March 10, 2026, 1:05 PM"]), "2026-03-10T13:05:00");
    assert.equal(headDate(["Datum: 2026-03-10 09:02"]), "2026-03-10T09:02:00");
    assert.equal(headDate(["31 februari 2026"]), null);
  });
});

describe("Word", () => {
  const teams = () =>
    Packer.toBuffer(
      new Document({
        sections: [
          {
            children: [
              new Paragraph("Uppföljning i Exempelby"),
              new Paragraph("10 mars 2026, 09:02"),
              ...[
                ["Kim Påhitt", "0:03", "Hej & välkommen."],
                ["Robin Låtsas", "1:12", "Tack så mycket."],
              ].map(
                ([name, time, text]) =>
                  new Paragraph({
                    children: [
                      new TextRun({ text: name ?? "", bold: true }),
                      new TextRun(`   ${time ?? ""}`),
                      new TextRun({ text: text ?? "", break: 1 }),
                    ],
                  }),
              ),
            ],
          },
        ],
      }),
    );

  test("Teams' document: names, times, title and date", async () => {
    const transcript = await read("teams.docx", await teams());
    assert.deepEqual(turns(transcript), [
      ["Kim Påhitt", "Hej & välkommen."],
      ["Robin Låtsas", "Tack så mycket."],
    ]);
    assert.equal(transcript.segments[1]?.startMs, 72_000);
    assert.equal(transcript.title, "Uppföljning i Exempelby");
    assert.equal(transcript.recordedAt, "2026-03-10T09:02:00");
  });

  test("an archive that unpacks without end is refused before it is unpacked", async () => {
    await refuses(
      "bomb.docx",
      zipOf("word/document.xml", deflateRawSync(Buffer.alloc(80 * 1024 * 1024))),
      "transcript-invalid",
      "too-large",
    );
  });

  test("text, a cut archive and an archive of something else are no Word documents", async () => {
    await refuses("text.docx", "hej", "transcript-invalid", "not-docx");
    await refuses("cut.docx", (await teams()).subarray(0, 3000), "transcript-invalid", "not-docx");
    await refuses(
      "other.docx",
      zipOf("hej.xml", deflateRawSync(Buffer.from("<a/>"))),
      "transcript-invalid",
      "not-docx",
    );
  });

  /** One deflated entry with a central directory, and nothing that states its true size. */
  function zipOf(name: string, packed: Buffer): Buffer {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(10, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02_01_4b_50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(10, 24);
    central.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06_05_4b_50, 0);
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(46 + name.length, 12);
    end.writeUInt32LE(30 + name.length + packed.length, 16);
    return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
  }
});

describe("transcript/1", () => {
  const good = {
    lyssna: "transcript/1",
    language: "sv",
    durationMs: 10,
    speakers: [],
    segments: [{ id: "s1", startMs: 0, endMs: 10, text: "Hej", later: 1 }],
  };

  test("is read whole, what we do not know included", async () => {
    assert.deepEqual(await read("ours.json", JSON.stringify(good)), good);
  });

  test("is refused with the reason", async () => {
    const [segment] = good.segments;
    const wrong = (patch: object) => JSON.stringify({ ...good, ...patch });
    await refuses("a.json", "{", "transcript-invalid", "not-json");
    await refuses("b.json", "[]", "transcript-invalid", "not-a-transcript");
    await refuses("c.json", wrong({ lyssna: "transcript/9" }), "transcript-invalid", "not-a-transcript");
    await refuses("d.json", wrong({ durationMs: -1 }), "transcript-invalid", "field-wrong");
    await refuses("e.json", wrong({ segments: [segment, segment] }), "transcript-invalid", "duplicate-segment");
    await refuses("f.json", wrong({ segments: [{ ...segment, startMs: 11 }] }), "transcript-invalid", "times-wrong");
    await refuses("g.json", "[".repeat(100_000), "transcript-invalid", "not-json");
  });
});

describe("what is no transcript", () => {
  test("is refused with the code that says why", async () => {
    await refuses("tom.txt", "", "file-empty");
    await refuses("blank.txt", " \n\n ", "transcript-invalid", "no-text");
    await refuses("bild.txt", Uint8Array.of(0x89, 0x50, 0, 0, 0, 0x0d, 0, 0x1a), "transcript-invalid", "not-text");
    await refuses("prosa.srt", "Det här är ingen textning.", "transcript-invalid", "no-cues");
    await refuses("ljud.pdf", "x", "transcript-invalid", "unknown-ending");
    await assert.rejects(readTranscript(join(dir, "saknas.txt")), { code: "file-not-found" });
    await assert.rejects(readTranscript(`${dir}.json`), { code: "file-not-found" });
  });
});
