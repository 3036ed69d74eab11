import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { LyssnaError } from "../../electron/errors.ts";
import { decodeSound, probeSound, readFacts } from "../../electron/pipeline/decode.ts";
import { encodeOpus } from "../../electron/pipeline/encode-opus.ts";
import { findFfmpeg, type Ffmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { collect, ffmpeg, makeWithFfmpeg, temporaryFolder, tone, withoutFfmpeg } from "../sound-files.ts";

const never = new AbortController().signal;
const tools = { ffmpeg: ffmpeg as Ffmpeg, signal: never };

/** Decodes as the pipeline does: look first, then read. */
async function read(path: string): Promise<Float32Array> {
  await probeSound(path, tools.ffmpeg, never);
  return collect(decodeSound({ path }, tools));
}

const failsWith = (code: string, file: string) => (error: unknown) => {
  assert.ok(error instanceof LyssnaError, String(error));
  assert.deepEqual([error.code, error.details["file"]], [code, file]);
  return true;
};

const loudness = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length));

describe("decode", { skip: withoutFfmpeg }, () => {
  const convert = (input: string, output: string, ...options: string[]) =>
    makeWithFfmpeg("-i", input, ...options, output);

  test("a WAV file comes back sample for sample", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "ton.wav");
    const samples = tone(2.5);
    writeFileSync(path, wavBytes(samples));
    const decoded = await read(path);
    assert.equal(decoded.length, samples.length);
    assert.ok(decoded.every((value, i) => Math.abs(value - (samples[i] ?? 0) / 32_768) < 1e-4));
    assert.deepEqual(await probeSound(path, tools.ffmpeg, never), {
      durationMs: 2500,
      tracks: [{ channels: 1, language: null, title: null }],
      hasVideo: false,
    });
  });

  const kinds: readonly (readonly [string, ...string[]])[] = [
    ["mulaw.wav", "-ar", "8000", "-acodec", "pcm_mulaw"],
    ["six.wav", "-ar", "96000", "-ac", "6", "-acodec", "pcm_s24le"],
    ["a.mp3"],
    ["a.m4a", "-acodec", "aac"],
    ["a.ogg", "-acodec", "libopus"],
    ["a.flac"],
    ["a.aiff"],
    ["a.webm", "-acodec", "libopus"],
    ["a.mkv", "-acodec", "flac"],
    ["a.wma", "-acodec", "wmav2"],
    ["a.caf"],
    ["a.avi", "-acodec", "mp3"],
  ];
  for (const [name, ...options] of kinds) {
    test(`reads ${name} ${options.join(" ")}`, async () => {
      using folder = temporaryFolder();
      const source = join(folder.dir, "källa.wav");
      writeFileSync(source, wavBytes(tone(1.5)));
      const path = join(folder.dir, name);
      convert(source, path, ...options);
      const decoded = await read(path);
      assert.ok(Math.abs(decoded.length / 16_000 - 1.5) < 0.15, `${decoded.length} samples`);
      assert.ok(Math.abs(loudness(decoded) - 0.345) < 0.08, `loudness ${loudness(decoded)}`);
    });
  }

  test("odd names are only names", async () => {
    using folder = temporaryFolder();
    const names = [
      "med mellanslag.wav",
      "åäö.wav",
      "😀.wav",
      "-i.wav",
      "a\"b'c.wav",
      "rad\nbryt.wav",
      "%d.wav",
      "a:b.wav",
    ];
    for (const name of names) {
      const path = join(folder.dir, name);
      writeFileSync(path, wavBytes(tone(0.5)));
      assert.equal((await read(path)).length, 8000, JSON.stringify(name));
    }
  });

  test("a start time is the same place in a file and in a stream", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "a.wav");
    const samples = new Int16Array(48_000);
    samples.set(tone(1), 32_000);
    writeFileSync(path, wavBytes(samples));
    const fromFile = await collect(decodeSound({ path }, { ...tools, startMs: 1900 }));
    assert.equal(fromFile.length, 17_600);
    assert.ok(loudness(fromFile.subarray(0, 1500)) < 0.01 && loudness(fromFile.subarray(1700)) > 0.3);

    const pages: Uint8Array[] = [];
    for await (const page of encodeOpus({ path }, tools)) pages.push(page.bytes);
    const stream = (async function* () {
      yield* pages;
    })();
    const fromStream = await collect(decodeSound({ bytes: stream }, { ...tools, startMs: 1900 }));
    assert.ok(Math.abs(fromStream.length - 17_600) < 400, `${fromStream.length}`);
    assert.ok(loudness(fromStream.subarray(0, 1300)) < 0.02 && loudness(fromStream.subarray(2000)) > 0.3);
  });

  test("the working copy is whole Ogg pages of at most half a second, with their times", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "a.wav");
    writeFileSync(path, wavBytes(tone(5)));
    const times: number[] = [];
    for await (const { bytes, atMs } of encodeOpus({ path }, tools)) {
      assert.equal(Buffer.from(bytes.subarray(0, 4)).toString(), "OggS");
      times.push(atMs);
    }
    const steps = times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0));
    assert.ok(times.length > 8 && Math.max(...steps) <= 520, JSON.stringify(times));
  });

  test("not-a-number and over-full samples become silence and full scale", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "nan.wav");
    const raw = join(folder.dir, "nan.f32");
    const values = Float32Array.from({ length: 8000 }, (_, i) => (i % 3 === 0 ? Number.NaN : i % 3 === 1 ? 7 : -0.25));
    writeFileSync(raw, Buffer.from(values.buffer));
    makeWithFfmpeg("-f", "f32le", "-ar", "16000", "-ac", "1", "-i", raw, "-acodec", "pcm_f32le", path);
    const decoded = await read(path);
    assert.equal(decoded.length, 8000);
    assert.ok(decoded.every((value) => value >= -1 && value <= 1));
  });

  test("an infinite sample is silence, not full scale", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "inf.wav");
    const raw = join(folder.dir, "inf.f32");
    const values = Float32Array.from({ length: 8000 }, (_, i) => (i % 2 === 0 ? Infinity : -Infinity));
    writeFileSync(raw, Buffer.from(values.buffer));
    makeWithFfmpeg("-f", "f32le", "-ar", "16000", "-ac", "1", "-i", raw, "-acodec", "pcm_f32le", path);
    assert.ok((await read(path)).every((value) => value === 0));
  });

  const joined: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["mp3", ["-ar", "44100", "-b:a", "64k"], ["-ar", "22050", "-b:a", "48k"]],
    ["aac", ["-ar", "16000", "-f", "adts"], ["-ar", "48000", "-ac", "2", "-f", "adts"]],
    ["ogg", ["-ar", "16000", "-acodec", "libopus"], ["-ar", "48000", "-ac", "2", "-acodec", "libopus"]],
  ];
  for (const [ending, first, second] of joined) {
    test(`${ending} whose rate and channels change in mid-file is read whole, from any time on`, async () => {
      using folder = temporaryFolder();
      const at = (name: string) => join(folder.dir, name);
      writeFileSync(at("ton.wav"), wavBytes(tone(2)));
      convert(at("ton.wav"), at(`a.${ending}`), ...first);
      convert(at("ton.wav"), at(`b.${ending}`), ...second);
      const path = at(`båda.${ending}`);
      writeFileSync(path, Buffer.concat([readFileSync(at(`a.${ending}`)), readFileSync(at(`b.${ending}`))]));
      const all = await read(path);
      assert.ok(Math.abs(all.length / 16_000 - 4) < 0.3, `${all.length} samples`);
      assert.ok(loudness(all.subarray(40_000, 56_000)) > 0.2, "the second half is there");
      // As high a tone in both halves: nothing is played at the wrong rate.
      const crossings = (samples: Float32Array) =>
        samples.filter((value, i) => value >= 0 !== (samples[i - 1] ?? value) >= 0).length;
      for (const from of [8000, 40_000]) {
        assert.ok(Math.abs(crossings(all.subarray(from, from + 16_000)) - 880) < 20);
      }
      const late = await collect(decodeSound({ path }, { ...tools, startMs: 500 }));
      assert.equal(late.length, all.length - 8000);
    });
  }

  test("a channel that is all zeros costs the other 3 dB and nothing more", async () => {
    using folder = temporaryFolder();
    const at = (name: string) => join(folder.dir, name);
    writeFileSync(at("ton.wav"), wavBytes(tone(1)));
    convert(at("ton.wav"), at("höger.wav"), "-af", "pan=stereo|c0=0*c0|c1=c0");
    const decoded = await read(at("höger.wav"));
    assert.ok(Math.abs(loudness(decoded) - 0.345 * Math.SQRT1_2) < 0.02, `${loudness(decoded)}`);
  });

  test("a truncated MP3 gives what there is", async () => {
    using folder = temporaryFolder();
    const whole = join(folder.dir, "hel.wav");
    const path = join(folder.dir, "halv.mp3");
    writeFileSync(whole, wavBytes(tone(10)));
    convert(whole, join(folder.dir, "hel.mp3"), "-b:a", "64k");
    writeFileSync(path, readFileSync(join(folder.dir, "hel.mp3")).subarray(0, 40_000));
    const decoded = await read(path);
    assert.ok(decoded.length > 4 * 16_000 && decoded.length < 6 * 16_000, `${decoded.length}`);
  });

  test("each kind of file that cannot be read has its own sentence", async () => {
    using folder = temporaryFolder();
    const at = (name: string) => join(folder.dir, name);
    writeFileSync(at("tom.wav"), "");
    writeFileSync(at("text.wav"), "Detta är inte ljud utan text.\n".repeat(40));
    writeFileSync(at("ett-prov.wav"), wavBytes(Int16Array.of(5)));
    makeWithFfmpeg("-f", "lavfi", "-i", "color=c=black:s=64x64:d=1", "-an", at("stum.mp4"));
    mkdirSync(at("mapp.wav"));
    await assert.rejects(read(at("finns-inte.wav")), failsWith("file-not-found", "finns-inte.wav"));
    await assert.rejects(read(at("tom.wav")), failsWith("file-empty", "tom.wav"));
    await assert.rejects(read(at("text.wav")), failsWith("file-not-media", "text.wav"));
    await assert.rejects(read(at("ett-prov.wav")), failsWith("file-too-short", "ett-prov.wav"));
    await assert.rejects(read(at("stum.mp4")), failsWith("file-no-sound", "stum.mp4"));
    await assert.rejects(read(at("mapp.wav")), failsWith("file-unreadable", "mapp.wav"));
  });

  test("a playlist that points at another file is refused, whatever it is called", async () => {
    using folder = temporaryFolder();
    const secret = join(folder.dir, "hemlig.wav");
    writeFileSync(secret, wavBytes(tone(1)));
    const playlists = {
      "lista.wav": `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`,
      "lista.m3u8": `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`,
      "lista.mp3": `ffconcat version 1.0\nfile '${secret}'\n`,
    };
    for (const [name, text] of Object.entries(playlists)) {
      const path = join(folder.dir, name);
      writeFileSync(path, text);
      await assert.rejects(read(path), failsWith("file-not-media", name));
    }
  });

  test("a decoding that is cancelled ends at once and leaves no process", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "a.wav");
    writeFileSync(path, wavBytes(tone(120)));
    const stop = new AbortController();
    const started = performance.now();
    await assert.rejects(async () => {
      for await (const _ of decodeSound({ path }, { ...tools, signal: stop.signal })) stop.abort();
    });
    assert.ok(performance.now() - started < 1000);
  });
});

describe("which ffmpeg", { skip: withoutFfmpeg }, () => {
  test("one named by the environment wins over the system's", async () => {
    const found = await findFfmpeg({ env: { LYSSNA_FFMPEG: tools.ffmpeg.path, PATH: "" } });
    assert.deepEqual([found.path, found.source], [tools.ffmpeg.path, "policy"]);
  });

  test("a named one that does not start is an error, not a reason to take another", async () => {
    const place = { env: { LYSSNA_FFMPEG: "/does/not/exist", PATH: process.env["PATH"] } };
    await assert.rejects(findFfmpeg(place), (error: LyssnaError) => error.code === "ffmpeg-missing");
  });

  test("a system one that is too old is passed over, and the npm one comes with a warning", async (t) => {
    if (process.platform === "win32") return t.skip("needs a shell script as ffmpeg");
    using folder = temporaryFolder();
    const fake = join(folder.dir, "ffmpeg");
    writeFileSync(fake, "#!/bin/sh\necho 'ffmpeg version 4.1.0 Copyright'\n");
    chmodSync(fake, 0o755);
    const found = await findFfmpeg({ env: { PATH: folder.dir } });
    assert.deepEqual([found.source, found.warning], ["npm", true]);
  });
});

test("ffmpeg's description of an input is read", () => {
  const lines = [
    "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/x.mp4':",
    "  Duration: 01:02:03.45, start: 0.000000, bitrate: 1205 kb/s",
    "  Stream #0:0[0x1](und): Video: h264 (High), yuv420p, 1280x720",
    "  Stream #0:1[0x2](swe): Audio: aac (LC), 48000 Hz, stereo, fltp",
    "      Metadata:",
    "        title           : Klient",
  ];
  assert.deepEqual(readFacts(lines.join("\n")), {
    durationMs: 3_723_450,
    tracks: [{ channels: 2, language: "swe", title: "Klient" }],
    hasVideo: true,
  });
  assert.deepEqual(readFacts("Input #0, aac, from 'x':\n  Duration: N/A\n  Stream #0:0: Audio: aac"), {
    durationMs: null,
    tracks: [{ channels: 1, language: null, title: null }],
    hasVideo: false,
  });
  assert.equal(readFacts("x: Invalid data found when processing input"), null);
});
