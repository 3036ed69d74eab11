// What the end-to-end tests do over and over: ask the app as the page does, wait for a state, make a recording.
import { writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import type { Answer, CallArgs, CallName, CallResult, SnapshotName, Snapshots } from "../../electron/contract.ts";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";

/** A call as the page makes it; throws the error's code. */
export async function callApp<Name extends CallName>(
  page: Page,
  name: Name,
  ...args: CallArgs<Name>
): Promise<CallResult<Name>> {
  const answer = (await answerOf(page, name, args)) as Answer<CallResult<Name>>;
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

/** A call with whatever arguments, and the answer as it comes. */
export const answerOf = (page: Page, name: string, args: readonly unknown[]): Promise<unknown> =>
  page.evaluate(
    ([callName, callArgs]) =>
      (window as unknown as { lyssna: { call: (...values: unknown[]) => Promise<unknown> } }).lyssna.call(
        callName,
        ...callArgs,
      ),
    [name, [...args]] as const,
  );

/** The current snapshot. Of the meetings the first piece: all that a test has. */
export const snapshotOf = <Name extends SnapshotName>(page: Page, name: Name): Promise<Snapshots[Name]> =>
  page.evaluate(
    (wanted) =>
      new Promise<unknown>((resolve) => {
        const { lyssna } = window as unknown as {
          lyssna: { on: (name: string, listener: (value: unknown) => void) => () => void };
        };
        const stop = lyssna.on(wanted, (snapshot) => {
          const piece = wanted === "meetings" ? (snapshot as { first: boolean; put: [number, unknown][] }) : null;
          if (piece?.first === false) return;
          resolve(piece === null ? snapshot : piece.put.map(([, meeting]) => meeting));
          setTimeout(() => stop());
        });
      }),
    name,
  ) as Promise<Snapshots[Name]>;

/** Waits until the snapshot is as wanted, and answers it. */
export async function waitForSnapshot<Name extends SnapshotName>(
  page: Page,
  name: Name,
  isWanted: (snapshot: Snapshots[Name]) => boolean,
  timeoutMs = 60_000,
): Promise<Snapshots[Name]> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const snapshot = await snapshotOf(page, name);
    if (isWanted(snapshot)) return snapshot;
    if (Date.now() > until) throw new Error(`the ${name} did not become as wanted: ${JSON.stringify(snapshot)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Waits until no job is left to do. */
export const waitForJobs = (page: Page, timeoutMs?: number): Promise<unknown> =>
  waitForSnapshot(
    page,
    "jobs",
    (jobs) => jobs.every(({ state }) => state !== "queued" && state !== "running"),
    timeoutMs,
  );

/** A recording in the demonstration voice (models/demonstration lists its words). */
export const writeRecording = (path: string, text: string): Promise<void> =>
  writeFile(path, wavBytes(say(text, loadVoice())));

/** The words of a text, as one compares them. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** Everything that the page complains about: errors, and what its policy refused. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  return complaints;
}
