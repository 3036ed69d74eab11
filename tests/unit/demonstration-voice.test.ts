// The demonstration voice: its words can be told apart, and it says only what it can.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { LyssnaError } from "../../electron/errors.ts";
import { demonstrationScript } from "../../models/demonstration/recording.ts";
import { say } from "../../models/demonstration/say.ts";
import { channels, makeTemplates, type Template } from "../../models/demonstration/templates.ts";
import { vocabulary, vocabularyGroups } from "../../models/demonstration/vocabulary.ts";
import { decodeMuLaw, encodeMuLaw, loadVoice } from "../../models/demonstration/voice.ts";

const voice = loadVoice();
const folder = mkdtempSync(join(tmpdir(), "lyssna-voice-"));
after(() => rmSync(folder, { recursive: true }));

/** How much of one word's template another word fills, at the best of the nearby alignments. */
function likeness(one: Template, other: Template): number {
  const [rows, otherRows] = [one.patch.length / channels, other.patch.length / channels];
  let best = 0;
  for (let step = -10; step <= 10; step++) {
    const shift = ((rows - otherRows) >> 1) + step;
    let sum = 0;
    for (let row = Math.max(0, -shift); row < otherRows && row + shift < rows; row++) {
      for (let channel = 0; channel < channels; channel++) {
        sum += (one.patch[(row + shift) * channels + channel] ?? 0) * (other.patch[row * channels + channel] ?? 0);
      }
    }
    best = Math.max(best, sum);
  }
  return best;
}

describe("the words", () => {
  test("are all recorded, in order", () => assert.deepEqual([...voice.keys()], vocabulary));

  test("are far enough apart for the model to tell them", () => {
    const templates = makeTemplates(voice);
    const near = (one: Template, other: Template): boolean =>
      one.word < other.word && Math.abs(one.frames - other.frames) <= 20;
    for (const one of templates) {
      for (const other of templates) {
        if (near(one, other)) assert.ok(likeness(one, other) < 0.89, `${one.word} sounds like ${other.word}`);
      }
    }
  });

  test("mu-law comes back as the nearest of its steps", () => {
    for (let byte = 0; byte < 256; byte++) assert.ok(decodeMuLaw(encodeMuLaw(decodeMuLaw(byte))) === decodeMuLaw(byte));
    const sample = fc.integer({ min: -32_000, max: 32_000 });
    fc.assert(
      fc.property(sample, (value) => Math.abs(decodeMuLaw(encodeMuLaw(value)) - value) <= (Math.abs(value) + 132) / 32),
    );
  });
});

describe("saying a text", () => {
  const sentence = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 6 });

  test("case, spaces and quotes make no difference", () => {
    fc.assert(
      fc.property(sentence, (words) => {
        const plain = say(`${words.join(" ")}.`, voice);
        assert.deepEqual(say(`  "${words.join("  ").toUpperCase()}"  .`, voice), plain);
      }),
      { numRuns: 20 },
    );
  });

  test("a comma makes a pause, a full stop a longer one, a new paragraph the longest", () => {
    const length = (text: string): number => say(text, voice).length;
    const lengths = ["ja nej", "ja, nej", "ja. nej", "ja.\n\nnej"].map(length);
    assert.deepEqual(
      lengths.toSorted((one, other) => one - other),
      lengths,
    );
    assert.equal(new Set(lengths).size, lengths.length);
  });

  test("words that the voice does not have are named, each once", () => {
    const unknown = (error: unknown): boolean =>
      error instanceof LyssnaError && error.code === "unknown-words" && error.details["words"] === "elefanten, 14";
    assert.throws(() => say("Elefanten kommer klockan 14. Elefanten väntar.", voice), unknown);
  });

  test("the demonstration script is in the vocabulary and takes between one and one and a half minutes", () => {
    const seconds = say(demonstrationScript(), voice).length / 16_000;
    assert.ok(seconds > 60 && seconds < 90, `${seconds} s`);
  });
});

describe("npm run speak", () => {
  const speak = (...args: string[]): { readonly status: number | null; readonly stderr: string } =>
    spawnSync(
      process.execPath,
      [fileURLToPath(new URL("../../models/demonstration/speak.ts", import.meta.url)), ...args],
      {
        encoding: "utf8",
      },
    );

  test("writes 16 kHz mono PCM of 16 bits", () => {
    const path = join(folder, "a new folder", "åtgärd.wav");
    assert.equal(speak("Åtgärd imorgon.", path).status, 0);
    const wav = readFileSync(path);
    assert.equal(wav.toString("latin1", 0, 4), "RIFF");
    assert.deepEqual([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)], [1, 16_000, 16]);
    assert.equal(wav.readUInt32LE(40), wav.length - 44);
  });

  test("an unknown word: exit 3, named, no file", () => {
    const path = join(folder, "unknown.wav");
    const { status, stderr } = speak("ja elefanten", path);
    assert.equal(status, 3);
    assert.match(stderr, /elefanten/u);
    assert.ok(!existsSync(path));
    assert.deepEqual(
      readdirSync(folder).filter((file) => file.startsWith("unknown")),
      [],
    );
  });

  test("no file named: exit 2", () => assert.equal(speak("ja").status, 2));
});

test("the README lists the vocabulary as it is", () => {
  const readme = readFileSync(fileURLToPath(new URL("../../models/demonstration/README.md", import.meta.url)), "utf8");
  for (const [subject, words] of Object.entries(vocabularyGroups))
    assert.ok(readme.includes(`| ${subject} | ${words.join(" ")} |`), subject);
});
