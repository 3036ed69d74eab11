// Three hours of sound in the encrypted file: a jump anywhere is heard at once.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { jumpAbout } from "../bench/workspace/page-clock.ts";
import { launchApp, skipSound, skipStandIn } from "../e2e/launch-app.ts";
import { openStoreOf } from "../e2e/open-store.ts";
import { writeLongSound } from "../long-sound.ts";

const hours = 3;
/** Median of the time from the wish to the element's own "seeked". */
const barMs = 200;

test(
  `a jump in ${String(hours)} hours takes at most ${String(barMs)} ms`,
  { skip: skipSound || skipStandIn },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "lyssna-seek-"));
    t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    const dataDir = join(folder, "profile");
    await (await launchApp({ dataDir })).close();
    const store = await openStoreOf(dataDir);
    const { id } = await store.createMeeting({
      title: "Långt",
      recordedAt: "2026-03-10T09:02:00",
      language: "sv",
      status: "recorded",
    });
    await writeLongSound(store.sound, id, hours * 60);
    await store.updateMeeting(id, { hasSound: true, durationMs: hours * 3_600_000 });
    await store.close();

    const app = await launchApp({ dataDir });
    t.after(() => app.close());
    const { page } = app;
    await page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
    await page.waitForFunction(() => (document.querySelector("audio")?.readyState ?? 0) >= 1);
    const took = (await jumpAbout(page, hours * 3600, 25)).toSorted((a, b) => a - b);
    const median = took[12] ?? Number.POSITIVE_INFINITY;
    t.diagnostic(`median ${median.toFixed(0)} ms, most ${(took.at(-1) ?? 0).toFixed(0)} ms`);
    assert.ok(median <= barMs, `${median.toFixed(0)} ms`);
  },
);
