// What the installers are made of: electron-builder's own schema takes it, and every file that it names is there.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { installers } from "../../build/installers.ts";
import { configureOptions, ffmpegRecipe } from "../../build/make-ffmpeg.ts";
import { mediaFormats } from "../../electron/pipeline/run-ffmpeg.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const schema = createRequire(import.meta.url)("app-builder-lib/scheme.json") as object;
const isValid = new Ajv({ strict: false, allErrors: true }).compile(schema);

test("electron-builder's own schema takes the configuration, and refuses a word it does not know", () => {
  assert.ok(isValid(installers), JSON.stringify(isValid.errors?.slice(0, 5)));
  assert.ok(!isValid({ ...installers, nsis: { ...installers.nsis, oneKlick: true } }));
});

test("icons, entitlements and licence that it names are in the repository", () => {
  for (const path of [
    installers.win.icon,
    installers.mac.icon,
    installers.linux.icon,
    installers.mac.entitlements,
    "LICENSE",
  ])
    assert.ok(existsSync(join(root, path)), path);
  assert.equal(readFileSync(join(root, installers.win.icon)).readUInt16LE(2), 1, "an ico");
  assert.equal(readFileSync(join(root, installers.mac.icon)).toString("latin1", 0, 4), "icns");
});

test("no computer is left out that we promise, and none is promised that ONNX Runtime has no build for", () => {
  const bins = join(root, "node_modules", "onnxruntime-node", "bin", "napi-v6");
  for (const [platform, { target }] of Object.entries({
    win32: installers.win,
    darwin: installers.mac,
    linux: installers.linux,
  }))
    for (const arch of target.flatMap((one) => one.arch)) assert.ok(existsSync(join(bins, platform, arch)), arch);
});

test("the ffmpeg that is brought along opens every format that the app lets in", () => {
  // Names under which one demuxer answers: ffmpeg lists "mov,mp4,m4a,3gp,3g2,mj2" and "matroska,webm" as one.
  const alias: Readonly<Record<string, string>> = {
    mp4: "mov",
    m4a: "mov",
    "3gp": "mov",
    "3g2": "mov",
    mj2: "mov",
    webm: "matroska",
    mpeg: "mpegps",
  };
  const { demuxer, encoder } = ffmpegRecipe.components;
  const missing = mediaFormats.filter((format) => !demuxer.includes(alias[format] ?? format));
  assert.deepEqual(missing, []);
  assert.ok(encoder.includes("libopus") && encoder.includes("pcm_f32le"));
  const options = configureOptions("/prefix");
  assert.ok(options.includes("--disable-everything") && options.includes("--disable-network"));
  assert.ok(!options.some((option) => /gpl|nonfree/u.test(option)), "LGPL alone");
});
