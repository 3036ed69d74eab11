// What the store's tests share: a folder of their own, a key, a meeting and a transcript.
import { createHash, randomBytes } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { TestContext } from "node:test";
import type { Segment, Summary, Transcript } from "../../electron/formats.ts";
import { openStore } from "../../electron/store/store.ts";
import type { NewMeeting } from "../../electron/store/types.ts";

export const newKey = (): Uint8Array => new Uint8Array(randomBytes(32));

/** An empty folder. It goes when the file's tests are done: a hook of the test's own would come before the one that closes the store. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "lyssna-store-"));
  process.once("exit", () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}

/** An open store in a folder of its own, closed when the test ends. */
export async function temporaryStore(t: TestContext) {
  const dir = temporaryFolder();
  const key = newKey();
  const store = await openStore({ dir, key });
  t.after(() => store.close());
  return { store, dir, key };
}

export const meeting = (more: Partial<NewMeeting> = {}): NewMeeting => ({
  title: "Hembesök",
  recordedAt: "2026-03-10T09:02:00",
  language: "sv",
  ...more,
});

export const segment = (index: number, text: string, more: Partial<Segment> = {}): Segment => ({
  id: `s${index + 1}`,
  startMs: index * 1000,
  endMs: index * 1000 + 900,
  text,
  ...more,
});

export const transcript = (texts: readonly string[]): Transcript => ({
  lyssna: "transcript/1",
  language: "sv",
  durationMs: texts.length * 1000,
  speakers: [{ id: "A", name: "Anna", role: "klient" }],
  segments: texts.map((text, index) => segment(index, text, { speaker: "A" })),
});

export const summary = (texts: readonly string[]): Summary => ({
  lyssna: "summary/1",
  template: { id: "minnesanteckningar", version: 1 },
  engine: { id: "builtin", version: "1" },
  language: "sv",
  sections: [
    {
      id: "punkter",
      heading: "Punkter",
      state: "filled",
      items: texts.map((text) => ({ text, segments: ["s1"] })),
    },
  ],
  unplaced: [],
});

/** Every file in a folder, with its bytes. */
export function filesIn(dir: string): readonly { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

/** Every file in a folder with a digest of its bytes, for comparing. */
export const digestsIn = (dir: string): readonly string[] =>
  filesIn(dir).map(({ path, bytes }) => `${relative(dir, path)} ${createHash("sha256").update(bytes).digest("hex")}`);

/** A folder on a disk of a few hundred kilobytes, or the reason why this machine cannot have one. */
export const smallDiskMissing: string | false =
  process.platform !== "linux"
    ? "needs Linux, for a disk in memory"
    : process.getuid?.() !== 0
      ? "needs root, to mount a small disk"
      : mountWorks()
        ? false
        : "this machine does not let a small disk be mounted";

export function smallDisk(t: TestContext, sizeKilobytes: number): string {
  const dir = mkdtempSync(join(tmpdir(), "lyssna-small-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeKilobytes}k`, "tmpfs", dir]);
  t.after(() => {
    execFileSync("umount", [dir]);
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

function mountWorks(): boolean {
  const dir = mkdtempSync(join(tmpdir(), "lyssna-small-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", dir], { stdio: "ignore" });
    execFileSync("umount", [dir]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
