import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { makeDemonstrationRecording } from "../../models/demonstration/recording.ts";
import { runWithKills } from "../kill-series.ts";
import { seeded } from "../seeded.ts";
import { temporaryFolder, withoutFfmpeg } from "../sound-files.ts";

test("a job goes on after kill -9 and comes to what an undisturbed one does", { skip: withoutFfmpeg }, async () => {
  using folder = temporaryFolder();
  const demonstration = join(folder.dir, "demonstration");
  const file = join(folder.dir, "möte.wav");
  await makeDemonstrationModel(join(demonstration, "model"));
  await makeDemonstrationRecording(file);
  writeFileSync(join(demonstration, "recording.wav"), "");
  const random = seeded(20_260_310);
  const undisturbed = await runWithKills([join(folder.dir, "a"), demonstration, file], 0, () => 0);
  const startedMs = 900;
  const disturbed = await runWithKills(
    [join(folder.dir, "b"), demonstration, file],
    4,
    () => startedMs + random() * 2500,
  );
  assert.ok(disturbed.kills > 0);
  assert.deepEqual(JSON.parse(disturbed.output), JSON.parse(undisturbed.output));
});
