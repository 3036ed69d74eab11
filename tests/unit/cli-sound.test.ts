// The command line on sound: the demonstration recording through the real path, bad sound, silence, Ctrl-C.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { summarySchema, transcriptSchema } from "../../electron/formats.ts";
import { exampleMeetingPath } from "../../electron/import/example-meeting.ts";
import { makeDemonstrationRecording } from "../../models/demonstration/recording.ts";
import { wordsOf, writeRecording } from "../e2e/drive.ts";
import { makeWithFfmpeg } from "../sound-files.ts";
import { makeStandInVoices } from "../voices/stand-in-voices.ts";
import { cliPath, dir, env, file, lyssna, says } from "./cli-runner.ts";

const noFfmpeg = spawnSync("ffmpeg", ["-version"]).error === undefined ? false : "ffmpeg is not on this machine";

describe("sound", { skip: noFfmpeg }, () => {
  let recording = "";
  before(async () => {
    recording = join(dir, "inspelning “ett” åäö 🎙.wav");
    await makeDemonstrationRecording(recording);
  });

  test("--people: no number is refused, without the models it is said, and with them each line has its talker", async () => {
    assert.equal((await lyssna("transcribe", recording, "--people", "många")).code, 2);
    const without = await lyssna(
      "transcribe",
      recording,
      "--people",
      "2",
      "--model",
      "demonstration",
      "--format",
      "json",
    );
    assert.equal(without.code, 0, without.err);
    assert.match(without.err, /Rösterna skildes inte åt/u);
    const [nobody, ...others] = transcriptSchema.parse(JSON.parse(without.out)).speakers;
    assert.deepEqual([nobody?.name, others], ["Okänd talare", []]);
    const voices = join(dir, "models", "voices");
    await mkdir(voices, { recursive: true });
    await makeStandInVoices(voices);
    const told = await lyssna("transcribe", recording, "--people", "1", "--model", "demonstration", "--format", "json");
    await rm(voices, { recursive: true });
    assert.equal(told.code, 0, told.err);
    assert.doesNotMatch(told.err, /Rösterna skildes inte åt/u);
    const { speakers, segments } = transcriptSchema.parse(JSON.parse(told.out));
    assert.equal(speakers.length, 1);
    assert.ok(segments.every(({ speaker }) => speaker === speakers[0]?.id));
  });

  test("the demonstration recording becomes transcript, summary and documents", async () => {
    const out = join(dir, "ut");
    const {
      code,
      err,
      out: result,
    } = await lyssna("process", recording, "--template", "minnesanteckningar", "--out", out);
    assert.equal(code, 0, err);
    assert.equal(result, "");
    const stem = "inspelning “ett” åäö 🎙";
    const expected = [".docx", ".md", ".summary.json", ".transcript.json", ".vtt"].map((ending) => `${stem}${ending}`);
    assert.deepEqual((await readdir(out)).toSorted(), expected.toSorted());
    const transcript = transcriptSchema.parse(JSON.parse(await readFile(join(out, `${stem}.transcript.json`), "utf8")));
    assert.match(transcript.segments.map(({ text }) => text).join(" "), /Välkommen/u);
    summarySchema.parse(JSON.parse(await readFile(join(out, `${stem}.summary.json`), "utf8")));
    assert.match(err, /bara sin egen konstgjorda röst/u);
  });

  test("a track of the file, and each of two channels as a person of their own", async () => {
    const [left, right] = ["klienten ringer läraren imorgon", "rektorn skriver brev nästa vecka"] as const;
    const [leftFile, rightFile] = [join(dir, "en.wav"), join(dir, "två.wav")];
    await writeRecording(leftFile, left);
    await writeRecording(rightFile, right);
    const path = join(dir, "spår.mkv");
    // Track 1: a tone. Track 2: the left person first, the right one four seconds later.
    const [later, both] = ["adelay=4000:all=1,apad=whole_dur=12", "join=inputs=2:channel_layout=stereo"];
    const together = `[1]apad=whole_dur=12[l];[2]${later}[r];[l][r]${both}[both]`;
    const inputs = ["-f", "lavfi", "-t", "12", "-i", "sine=frequency=200", "-i", leftFile, "-i", rightFile];
    makeWithFfmpeg(...inputs, "-filter_complex", together, ..."-map 0:a -map [both] -acodec flac".split(" "), path);
    const choice = "--model demonstration --track 2 --channels split --format json".split(" ");
    const { code, out, err } = await lyssna("transcribe", path, ...choice);
    assert.equal(code, 0, err);
    const { segments, speakers } = transcriptSchema.parse(JSON.parse(out));
    assert.deepEqual(
      speakers?.map(({ name }) => name),
      ["Talare 1", "Talare 2"],
    );
    const said = (speaker: string) =>
      wordsOf(segments.flatMap((segment) => (segment.speaker === speaker ? [segment.text] : [])).join(" "));
    assert.deepEqual([said("A"), said("B")], [wordsOf(left), wordsOf(right)]);
    says(await lyssna("transcribe", path, "--track", "3"), 3, /har inte så många ljudspår, den har 2/u);
    says(await lyssna("transcribe", path, "--channels", "split"), 3, /har inte två kanaler/u);
    says(await lyssna("transcribe", path, "--track", "0"), 2, /--track/u);
  });

  test("one file that fails does not stop the others; its sentence and exit code are kept", async () => {
    const out = join(dir, "ut2");
    const broken = await file("trasig.wav", "det här är ingen ljudfil");
    const { code, err } = await lyssna(
      "process",
      broken,
      exampleMeetingPath,
      "--template",
      "sip",
      "--out",
      out,
      "--formats",
      "md",
    );
    assert.equal(code, 3);
    assert.match(err, /trasig\.wav är inte en ljud- eller videofil/u);
    assert.deepEqual(await readdir(out), ["uppfoljningssamtal.md"]);
  });

  test("silence is no failure: a transcript without text, and one sentence", async () => {
    const path = join(dir, "tyst.wav");
    spawnSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono", "-t", "5", path]);
    const out = join(dir, "ut3");
    const { code, err } = await lyssna("process", path, "--template", "sip", "--out", out, "--formats", "md,json");
    assert.equal(code, 0, err);
    assert.match(err, /Inget tal hittades i tyst\.wav/u);
    assert.deepEqual(await readdir(out), ["tyst.transcript.json"]);
  });

  test("bad sound has exit code 3 and one sentence", async () => {
    says(await lyssna("transcribe", await file("noll.wav", "")), 3, /noll\.wav är tom/u);
    says(await lyssna("transcribe", join(dir, "finns inte.mp3")), 3, /finns inte\.mp3 finns inte/u);
    says(await lyssna("transcribe", dir), 3, /går inte att läsa|är inte en ljud/u);
  });

  test("a damaged model has exit code 4 and names the file", async () => {
    const model = join(dir, "trasig-modell");
    await mkdir(model, { recursive: true });
    says(await lyssna("transcribe", recording, "--model", model), 4, /ofullständig eller skadad \(config\.json\)/u);
  });

  test("Ctrl-C ends with 130 and leaves no file", { skip: process.platform === "win32" && "no SIGINT" }, async () => {
    const out = join(dir, "avbruten.txt");
    const child = spawn(process.execPath, [cliPath, "transcribe", recording, "--out", out], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
      if (err.includes("Letar efter tal")) child.kill("SIGINT");
    });
    const code = await new Promise((done) => child.on("exit", done));
    assert.equal(code, 130, err);
    assert.match(err, /Avbrutet/u);
    assert.ok(!(await readdir(dir)).some((name) => name.includes("avbruten") || name.endsWith(".part")));
  });
});
