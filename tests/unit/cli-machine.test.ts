// The command line about the machine: what it tells of it, and what it does where graphics fail or memory is short.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { withoutFfmpeg } from "../sound-files.ts";
import { dir, env, file, lyssna, says } from "./cli-runner.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";

test("doctor tells cores, memory, devices, and what each installed model takes", async () => {
  await makeDemonstrationModel(join(env["LYSSNA_MODELS"] ?? dir, "egen"));
  const { code, out } = await lyssna("doctor");
  assert.ok(code === 0 || withoutFfmpeg !== false);
  assert.match(out, /^Kärnor\t\d+$/mu);
  assert.match(out, /^Minne, ledigt och hela\t[\d.]+ GB \/ [\d.]+ GB$/mu);
  assert.match(out, /^Räknar på\tcpu\b/mu);
  assert.match(out, /^Databas\tok$/mu);
  assert.match(out, /^\tegen (?:tar|behöver minst) \d+(?:,\d)? GB/mu);
});

test("doctor --packaged wants the ffmpeg that the installed app brings, and no other", async () => {
  const { code, out } = await lyssna("doctor", "--packaged");
  assert.equal(code, 1);
  assert.match(out, /^ffmpeg\tsaknas \(ffmpeg-missing\)$/mu);
});

test("a device that is none is refused", async () => {
  says(await lyssna("transcribe", await file("x.wav", "x"), "--device", "tpu"), 2, /--device kan inte ha värdet tpu/u);
});

test("--device gpu: where graphics fail, one sentence and the same text", { skip: withoutFfmpeg }, async () => {
  const path = await file("samtal.wav", wavBytes(say("Vi ska boka mötet imorgon.", loadVoice())));
  const { code, out, err } = await lyssna("transcribe", path, "--device", "gpu");
  assert.equal(code, 0, err);
  assert.match(out, /Vi ska boka mötet imorgon/iu);
  const told = err.split("\n").filter((line) => line.includes("Grafikkortet"));
  assert.ok(told.length <= 1 && told.every((line) => line.endsWith("Processorn används i stället.")), err);
});
