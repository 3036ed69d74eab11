// `npm run bench -- workspace`: the real window in Chromium on the real app, with a meeting of three hours and a library
// of ten thousand. Bench only.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchApp, type LaunchedApp, skipWindow } from "../../e2e/launch-app.ts";
import type { BenchOptions } from "../options.ts";
import { descendantsOf } from "../process-memory.ts";
import { describeMachine, makeRow, median, type Report, type Row, type Skipped } from "../report.ts";
import { makeLibrary, makeLongMeeting } from "./fill-profile.ts";
import { drawWord, makeVocabulary } from "./many-words.ts";
import { goTo, jumpAbout, painted, scrollThrough, searchFor, typeAndWatch } from "./page-clock.ts";
import { seeded } from "../../seeded.ts";

const goals = {
  "open-3h": { unit: "ms", bar: 300, aim: 120 },
  "scroll-late-frames": { unit: "%", bar: 1, aim: 0 },
  "keystroke-to-paint": { unit: "ms", bar: 33, aim: 16 },
  "search-10k": { unit: "ms", bar: 80, aim: 30 },
  "library-10k": { unit: "ms", bar: 400, aim: 150 },
  "seek-3h": { unit: "ms", bar: 150, aim: 60 },
  start: { unit: "ms", bar: null, aim: null },
  "window-memory": { unit: "MB", bar: 300, aim: 200 },
} as const satisfies Record<string, Pick<Row, "unit" | "bar" | "aim">>;
type GoalId = keyof typeof goals;

const ofLongMeeting = ["open-3h", "scroll-late-frames", "keystroke-to-paint", "seek-3h", "start", "window-memory"];
const rounds = 7;

export async function measureWorkspace(options: BenchOptions): Promise<Report> {
  if (skipWindow !== false) throw new Error(skipWindow);
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  const wanted = (id: string): boolean => options.only.length === 0 || options.only.includes(id);
  const add = (id: GoalId, value: number, judged = true): void => {
    if (!wanted(id)) return;
    const goal = goals[id];
    rows.push(makeRow({ id, better: "lower", ...goal, ...(judged ? {} : { bar: null, aim: null }) }, value));
    options.progress(`${id}: ${value.toFixed(1)} ${goal.unit}`);
  };
  const folder = await mkdtemp(join(tmpdir(), "lyssna-workspace-"));
  try {
    if (ofLongMeeting.some(wanted)) await measureLongMeeting(join(folder, "long"), add);
    if (["search-10k", "library-10k"].some(wanted)) {
      const meetings = options.quick ? 1000 : 10_000;
      await measureLibrary(
        join(options.data ?? folder, `library-${String(meetings)}`),
        meetings,
        options.progress,
        (id, value) => add(id, value, !options.quick),
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  return {
    suite: "workspace",
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    notes: [
      "The real app on the stand-in for Electron: what crosses between main and window takes longer here than there.",
      "Medians; search and keystrokes as 95th percentiles. Made-up words, as often as in a language.",
    ],
    rows,
    skipped,
  };
}

const percentile95 = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

async function measureLongMeeting(dataDir: string, add: (id: GoalId, value: number) => void): Promise<void> {
  const id = await makeLongMeeting(dataDir);
  const starts: number[] = [];
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    await using started = await launchApp({ dataDir });
    await painted(started.page, ".row");
    starts.push(performance.now() - began);
  }
  add("start", median(starts));

  await using app = await launchApp({ dataDir });
  const { page } = app;
  await painted(page, ".row");
  const opened: number[] = [];
  for (let round = 0; round < rounds; round++) {
    opened.push(await goTo(page, `#/meeting/${id}`, ".paragraph-text"));
    await allIsThere(app);
    if (round < rounds - 1) await goTo(page, "#/", ".row");
  }
  add("open-3h", median(opened));
  add("window-memory", await windowMegabytes(dataDir));

  const frames = await scrollThrough(page, ".paragraphs", 4000, 12_000);
  add("scroll-late-frames", (100 * frames.late) / frames.count);

  await page.waitForFunction(() => (document.querySelector("audio")?.readyState ?? 0) >= 1);
  add("seek-3h", median(await jumpAbout(page, 3 * 3600, 25)));

  await page.locator(".paragraph-text").nth(3).dblclick();
  await page.getByRole("textbox", { name: /^Rätta det som/u }).waitFor();
  const keys = await typeAndWatch(page, "han sade att det var bra den dagen och att hon kom", 60);
  add("keystroke-to-paint", percentile95(keys.slice(3)));
  await page.keyboard.press("Escape");
}

/** The rest of a long transcript has come too. */
async function allIsThere({ page }: LaunchedApp): Promise<void> {
  await page.waitForFunction(() => document.querySelector("[data-whole]") !== null, undefined, { timeout: 30_000 });
}

async function measureLibrary(
  dataDir: string,
  meetings: number,
  progress: (line: string) => void,
  add: (id: GoalId, value: number) => void,
): Promise<void> {
  const { words } = await makeLibrary(dataDir, meetings, progress);
  progress(`library: ${String(meetings)} meetings, ${(words / 1e6).toFixed(0)} million words`);
  await using app = await launchApp({ dataDir });
  const { page } = app;
  await painted(page, ".row");
  const opened: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.reload({ waitUntil: "commit" });
    // The page's clock begins where it was asked for.
    opened.push(await painted(page, ".row"));
  }
  add("library-10k", median(opened));
  // The rest of the list comes behind its beginning.
  await page.waitForTimeout(3000);

  const vocabulary = makeVocabulary();
  const random = seeded(5);
  const queries = Array.from({ length: 40 }, (_, at) => {
    const word = drawWord(vocabulary, random);
    // A word, the beginning of one, two words: as people type.
    return at % 3 === 0 ? word : at % 3 === 1 ? word.slice(0, 3) : `${word} ${drawWord(vocabulary, random)}`;
  });
  add("search-10k", percentile95(await searchFor(page, queries)));
}

/** What the window's own process holds by itself, and its share of what it has in common with others (proc(5), Pss). */
async function windowMegabytes(dataDir: string): Promise<number> {
  const sizes = await Promise.all(
    descendantsOf(process.pid).map(async (pid) => {
      try {
        const command = await readFile(`/proc/${String(pid)}/cmdline`, "utf8");
        if (!command.includes("--type=renderer")) return 0;
        const rollup = await readFile(`/proc/${String(pid)}/smaps_rollup`, "utf8");
        return Number(/^Pss:\s+(\d+) kB/mu.exec(rollup)?.[1] ?? 0) / 1000;
      } catch {
        return 0;
      }
    }),
  );
  if (sizes.every((size) => size === 0)) throw new Error(`no window's process was found for ${dataDir}`);
  return Math.max(...sizes);
}
