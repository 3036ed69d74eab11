// The command line's documents for other programs: web page, PDF, table, calendar.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { exampleMeetingPath } from "../../electron/import/example-meeting.ts";
import { dir, file, lyssna, says } from "./cli-runner.ts";

const by = ["--template", "journalanteckning"] as const;
const draft = "AI-stött utkast, ej granskat";

describe("formats for other programs", () => {
  test("summarise gives them, each with the label", async () => {
    for (const format of ["html", "csv", "ics"]) {
      const { code, out } = await lyssna("summarise", exampleMeetingPath, ...by, "--format", format);
      assert.equal(code, 0);
      assert.ok(out.replaceAll("\r\n ", "").replaceAll("\\", "").includes(draft), format);
    }
    says(await lyssna("summarise", exampleMeetingPath, ...by, "--format", "pdf"), 2, /behöver --out/u);
    says(
      await lyssna("summarise", exampleMeetingPath, ...by, "--format", "vtt"),
      2,
      /--format kan inte ha värdet vtt/u,
    );
  });

  test("process writes them beside the others, and no calendar where no action has a date", async () => {
    const out = join(dir, "formats");
    const quiet = await file("kort.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Anna>Det blåser ute.\n");
    const { code, err } = await lyssna("process", quiet, ...by, "--out", out, "--formats", "pdf,html,csv,ics");
    assert.equal(code, 0, err);
    assert.match(err, /Inga åtgärder i kort\.vtt har ett datum/u);
    assert.deepEqual((await readdir(out)).toSorted(), ["kort.csv", "kort.html", "kort.pdf"]);
    assert.match((await readFile(join(out, "kort.pdf"))).toString("latin1"), /^%PDF-1\.7/u);
  });

  test("where nothing has a date summarise says so", async () => {
    const quiet = await file("kort.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Anna>Det blåser ute.\n");
    says(await lyssna("summarise", quiet, ...by, "--format", "ics"), 3, /inga åtgärder med ett datum/u);
  });
});
