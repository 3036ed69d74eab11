// Work that waits for the night, when nobody needs the machine. Runs in main.

const lookEveryMs = 10 * 60_000;

export const isNight = (at: Date): boolean => at.getHours() >= 22 || at.getHours() < 5;

/** Looks now and then, and at once, whether it is night. */
export function startNightly(run: () => Promise<void>, now: () => Date = () => new Date()): { stop(): void } {
  const look = () => {
    if (isNight(now())) void run().catch(() => {});
  };
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  setTimeout(look, 0).unref();
  return { stop: () => clearInterval(timer) };
}
