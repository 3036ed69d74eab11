import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { demonstrationScript } from "../../models/demonstration/recording.ts";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { runWithKills } from "../kill-series.ts";
import { seeded } from "../seeded.ts";
import { temporaryFolder, withoutFfmpeg } from "../sound-files.ts";

test("thirty kills at random moments of ten minutes of sound lose nothing", { skip: withoutFfmpeg }, async () => {
  using folder = temporaryFolder();
  const demonstration = join(folder.dir, "demonstration");
  const file = join(folder.dir, "möte.wav");
  await makeDemonstrationModel(join(demonstration, "model"));
  writeFileSync(join(demonstration, "recording.wav"), "");
  writeFileSync(file, wavBytes(say(Array(7).fill(demonstrationScript()).join("\n\n"), loadVoice())));
  const random = seeded(1907);
  const undisturbed = await runWithKills([join(folder.dir, "a"), demonstration, file], 0, () => 0);
  const disturbed = await runWithKills([join(folder.dir, "b"), demonstration, file], 30, () => 500 + random() * 1500);
  assert.ok(disturbed.kills >= 5, `${disturbed.kills} kills`);
  assert.deepEqual(JSON.parse(disturbed.output), JSON.parse(undisturbed.output));
});
