import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { latestBackup, restoreBackup } from "../../electron/store/backup.ts";
import { openStore } from "../../electron/store/store.ts";
import {
  digestsIn,
  filesIn,
  meeting,
  newKey,
  smallDisk,
  smallDiskMissing,
  summary,
  temporaryFolder,
  temporaryStore,
  transcript,
} from "./store-fixtures.ts";

describe("store faults", () => {
  const sentence = "blåbärspaj med vaniljsås";

  test("nothing that was said or entered can be read in any file of the folder", async (t) => {
    const { store, dir } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting({ title: sentence }));
    await store.saveTranscript(id, transcript([sentence]));
    await store.addSummary(id, summary([sentence]));
    await store.setSetting("note", sentence);
    const writer = await store.sound.create(id);
    await writer.append(Buffer.from(sentence), 0);
    await writer.finish();
    const files = filesIn(dir);
    assert.ok(
      files.some(({ path }) => path.endsWith("store.db-wal")),
      "the log is among the files",
    );
    for (const { path, bytes } of files) {
      for (const encoding of ["utf8", "utf16le", "latin1"] as const) {
        assert.equal(bytes.includes(Buffer.from("blåbärspaj", encoding)), false, path);
      }
      assert.equal(bytes.includes("SQLite format"), false, path);
    }
  });

  test("a wrong key says so, and changes nothing", async () => {
    const dir = temporaryFolder();
    const key = newKey();
    await (await openStore({ dir, key })).close();
    const before = digestsIn(dir);
    await assert.rejects(openStore({ dir, key: newKey() }), { code: "store-key-wrong" });
    assert.deepEqual(digestsIn(dir), before);
    // Also without the file that tells them apart.
    rmSync(join(dir, "store.json"));
    await assert.rejects(openStore({ dir, key: newKey() }), { code: "store-key-wrong" });
    await (await openStore({ dir, key })).close();
    assert.ok(existsSync(join(dir, "store.json")));
  });

  for (const [name, harm] of [
    ["random bytes in the first page", (path: string) => overwrite(path, 100, 64)],
    ["a new salt", (path: string) => overwrite(path, 0, 16)],
    ["cut short", (path: string) => truncateSync(path, 5000)],
    ["emptied", (path: string) => truncateSync(path, 0)],
    ["gone", (path: string) => rmSync(path)],
  ] as const) {
    test(`a damaged database (${name}) says so with the backup's date, and the backup can be put back`, async (t) => {
      const dir = temporaryFolder();
      const key = newKey();
      const first = await openStore({ dir, key });
      const { id } = await first.createMeeting(meeting({ title: "sparat" }));
      const gone = await first.createMeeting(meeting({ title: "ska bort" }));
      await first.saveTranscript(id, transcript(["ord som finns"]));
      await first.close();
      await backedUp(dir, key);
      const backupAt = await latestBackup(dir);
      assert.match(String(backupAt), /^\d{4}-\d\d-\d\d \d\d:\d\d$/u);
      const second = await openStore({ dir, key });
      await second.deleteMeeting(gone.id);
      await second.close();

      harm(join(dir, "store.db"));
      const harmed = existsSync(join(dir, "store.db")) ? readFileSync(join(dir, "store.db")) : null;
      await assert.rejects(openStore({ dir, key }), {
        code: "store-damaged",
        details: { backup: await latestBackup(dir) },
      });
      assert.deepEqual(existsSync(join(dir, "store.db")) ? readFileSync(join(dir, "store.db")) : null, harmed);

      await restoreBackup(dir, key);
      const third = await openStore({ dir, key });
      t.after(() => third.close());
      assert.deepEqual(
        (await third.listMeetings()).map(({ title }) => title),
        ["sparat"],
      );
      assert.equal((await third.search("finns", 10)).length, 1);
      const aside = filesIn(join(dir, "damaged")).find(({ path }) => path.endsWith("store.db"));
      assert.deepEqual(aside?.bytes ?? null, harmed);
    });
  }

  test("damage deep in the file is found by the check in the background, and when it is read", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    const { id } = await first.createMeeting(meeting());
    await first.saveTranscript(
      id,
      transcript(Array.from({ length: 3000 }, (_, index) => `en mening med nummer ${index}`)),
    );
    assert.equal(await first.checkIntegrity(), "ok");
    await first.close();
    const path = join(dir, "store.db");
    const size = readFileSync(path).length;
    for (let at = 80 * 4096; at < size; at += 4096) overwrite(path, at + 50, 20);
    const second = await openStore({ dir, key });
    t.after(() => second.close());
    assert.equal(await second.checkIntegrity(), "damaged");
    await assert.rejects(second.listSegments(id), { code: "store-damaged" });
  });

  test("a database that is whole is not replaced by its backup", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    await first.createMeeting(meeting());
    await first.close();
    await backedUp(dir, key);
    const second = await openStore({ dir, key });
    await second.createMeeting(meeting({ title: "efter säkerhetskopian" }));
    await second.close();
    await restoreBackup(dir, key);
    const third = await openStore({ dir, key });
    t.after(() => third.close());
    assert.equal((await third.listMeetings()).length, 2);
  });

  test("with no backup, damage says so and there is nothing to put back", async () => {
    const dir = temporaryFolder();
    const key = newKey();
    await (await openStore({ dir, key })).close();
    overwrite(join(dir, "store.db"), 100, 64);
    await assert.rejects(openStore({ dir, key }), { code: "store-damaged", details: { backup: "–" } });
    await assert.rejects(restoreBackup(dir, key), { code: "store-damaged" });
    assert.ok(existsSync(join(dir, "store.db")));
  });

  test("a process killed in the middle of its writing leaves whole transcripts only", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    const { id } = await first.createMeeting(meeting());
    await first.close();
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "store-writer.ts"), dir, Buffer.from(key).toString("hex"), id],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill("SIGKILL");
    await once(child, "exit");

    const second = await openStore({ dir, key });
    t.after(() => second.close());
    const segments = await second.listSegments(id);
    assert.equal(segments.length, 500);
    assert.equal(new Set(segments.map(({ text }) => text)).size, 1, "one version, not parts of two");
    assert.equal(await second.checkIntegrity(), "ok");
    const [word = ""] = segments[0]?.text.split(" ") ?? [];
    assert.equal((await second.search(`"${word}"`, 1000)).length, 500);
  });

  test("no room on the disk: says so, keeps what was saved", { skip: smallDiskMissing }, async (t) => {
    const dir = smallDisk(t, 1500);
    const key = newKey();
    const store = await openStore({ dir, key });
    const { id } = await store.createMeeting(meeting());
    await store.saveTranscript(id, transcript(["det som fanns"]));
    const large = transcript(Array.from({ length: 20_000 }, (_, index) => `en lång mening med nummer ${index}`));
    await assert.rejects(store.saveTranscript(id, large), { code: "no-room" });
    assert.deepEqual(
      (await store.listSegments(id)).map(({ text }) => text),
      ["det som fanns"],
    );
    await store.close();
    const again = await openStore({ dir, key });
    assert.deepEqual(
      (await again.listSegments(id)).map(({ text }) => text),
      ["det som fanns"],
    );
    await again.close();
  });

  test("no room even to begin: says so", { skip: smallDiskMissing }, async (t) => {
    await assert.rejects(openStore({ dir: smallDisk(t, 64), key: newKey() }), { code: "no-room" });
  });

  test("backups are one a day, and few", async () => {
    const dir = temporaryFolder();
    const key = newKey();
    const day = 86_400_000;
    const start = Date.parse("2026-03-01T08:00:00Z");
    for (let count = 0; count < 6; count++) {
      const store = await openStore({ dir, key, clock: () => start + count * day });
      if (count === 0) await store.createMeeting(meeting());
      await store.close();
    }
    const store = await openStore({ dir, key, clock: () => start + 5 * day + 2000 });
    const dates = (await store.backups()).map(({ createdAt }) => createdAt.slice(0, 10));
    await store.close();
    assert.deepEqual(dates, ["2026-03-06", "2026-03-05", "2026-03-04", "2026-03-03", "2026-03-02"]);
  });
});

/** Opens and closes once more: the day's backup is made then. */
async function backedUp(dir: string, key: Uint8Array): Promise<void> {
  await (await openStore({ dir, key })).close();
}

function overwrite(path: string, at: number, count: number): void {
  const copy = `${path}.copy`;
  copyFileSync(path, copy);
  const bytes = readFileSync(copy);
  for (let index = at; index < Math.min(at + count, bytes.length); index++) bytes[index] = (bytes[index] ?? 0) ^ 0x5a;
  writeFileSync(path, bytes);
  rmSync(copy);
}
