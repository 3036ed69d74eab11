// One sentence goes through everything, the process is killed in the middle, and then every byte that is left is looked at.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesIn, temporaryFolder } from "./store-fixtures.ts";

const marker = "Näktergalen bodde hos Zakarias på Vindilsgränd";

/** The sentence as it may lie on a disk: both kinds of Unicode, escaped, and base 64 wherever in a block it begins. */
function formsOf(text: string): ReadonlyMap<string, Buffer> {
  const utf8 = Buffer.from(text, "utf8");
  const forms = new Map<string, Buffer>([
    ["UTF-8", utf8],
    ["UTF-16LE", Buffer.from(text, "utf16le")],
    ["UTF-16BE", Buffer.from(text, "utf16le").swap16()],
    ["decomposed", Buffer.from(text.normalize("NFD"), "utf8")],
    ["lower case", Buffer.from(text.toLowerCase(), "utf8")],
    ["Latin 1", Buffer.from(text, "latin1")],
    ["hexadecimal", Buffer.from(utf8.toString("hex"), "utf8")],
    ["address", Buffer.from(encodeURIComponent(text), "utf8")],
  ]);
  for (const shift of [0, 1, 2]) {
    // What stands before and after it changes the first and last signs: those are left out.
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString("base64")
      .slice(4, -4);
    forms.set(`base64 + ${shift}`, Buffer.from(encoded, "utf8"));
    forms.set(`base64url + ${shift}`, Buffer.from(encoded.replaceAll("+", "-").replaceAll("/", "_"), "utf8"));
  }
  return forms;
}

const traces = (dir: string, bytes: readonly { readonly path: string; readonly bytes: Buffer }[] = filesIn(dir)) =>
  bytes.flatMap((file) =>
    // The words that stand rarely enough to be nobody else's, besides the whole sentence.
    [marker, "Näktergalen", "Vindilsgränd", "Zakarias"].flatMap((words) =>
      [...formsOf(words)].flatMap(([form, sought]) => (file.bytes.includes(sought) ? [`${form} in ${file.path}`] : [])),
    ),
  );

test("what is said, written, sought and drafted lies nowhere readable, also after kill -9 in the middle", async (t) => {
  const dir = temporaryFolder();
  const [data, temporary, own] = ["data", "temporary", "own"].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [temporary, own]) mkdirSync(each);
  // The person's own file, which is theirs to keep.
  const file = join(own, "samtal.vtt");
  writeFileSync(file, `WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Elin>${marker}.\n`);
  const child = fork(join(import.meta.dirname, "..", "marker-app.ts"), [data, file, marker], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: { ...process.env, TMPDIR: temporary, TMP: temporary, TEMP: temporary },
    serialization: "advanced",
  });
  t.after(() => child.kill("SIGKILL"));
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes: Buffer) => said.push(bytes));
  const outcome = await Promise.race([once(child, "message"), once(child, "exit").then(() => null)]);
  assert.ok(outcome, `the app ended: ${Buffer.concat(said).toString()}`);
  const [{ hits, segments }] = outcome as [{ readonly hits: number; readonly segments: number }];
  assert.ok(hits > 0 && segments > 0, "the sentence went through the app");
  await new Promise((done) => setTimeout(done, 500));
  const running = filesIn(dir).filter(({ path }) => !path.startsWith(own));
  assert.ok(
    running.some(({ path }) => path.endsWith("store.db-wal")) && running.some(({ path }) => path.endsWith(".lysnd")),
  );
  assert.deepEqual(traces(dir, running), [], "while it runs");
  child.kill("SIGKILL");
  await once(child, "exit");
  const left = filesIn(dir).filter(({ path }) => !path.startsWith(own));
  assert.deepEqual(traces(dir, left), [], "after it was killed");
  assert.deepEqual(traces(dir, [{ path: "what it printed", bytes: Buffer.concat(said) }]), []);
  // The same eyes see it where it does lie.
  assert.ok(traces(own).length > 0);
});

test("the sentence is found in every form that is looked for", () => {
  for (const [form, bytes] of formsOf(marker)) {
    const found = traces("", [{ path: "x", bytes: Buffer.concat([Buffer.from("ab"), bytes, Buffer.from("c")]) }]);
    assert.ok(
      found.some((each) => each.startsWith(form)),
      form,
    );
  }
});
