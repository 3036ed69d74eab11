// Times as the page itself sees them: from what a person does to what is painted. Bench only.
import type { Page } from "playwright-core";

/** Runs in the page: resolves at the first frame that was painted with an element that `selector` finds. */
export const painted = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((done) => {
        const look = () => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => done(performance.now())));
        };
        look();
      }),
    selector,
  );

/** From a change of address to the first frame with what `selector` finds, in milliseconds. */
export const goTo = (page: Page, hash: string, selector: string): Promise<number> =>
  page.evaluate(
    ([address = "", wanted = ""]) =>
      new Promise<number>((done) => {
        const began = performance.now();
        const look = () => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        };
        window.location.hash = address;
        look();
      }),
    [hash, selector],
  );

export interface Frames {
  readonly count: number;
  /** Frames that came more than 33 ms after the one before. */
  readonly late: number;
}

/** Scrolls as a person with a wheel in a hurry, and watches the frames. */
export const scrollThrough = (page: Page, selector: string, pixelsPerSecond: number, ms: number): Promise<Frames> =>
  page.evaluate(
    ({ wanted, speed, lasts }) =>
      new Promise<{ count: number; late: number }>((done, refuse) => {
        const pane = document.querySelector(wanted);
        if (pane === null) {
          refuse(new Error("nothing to scroll"));
          return;
        }
        const began = performance.now();
        let before = began;
        let count = 0;
        let late = 0;
        const step = (now: number) => {
          if (now - before > 33.5) late += 1;
          count += 1;
          pane.scrollTop += (speed * (now - before)) / 1000;
          before = now;
          if (now - began < lasts) requestAnimationFrame(step);
          else done({ count, late });
        };
        requestAnimationFrame((now) => {
          before = now;
          requestAnimationFrame(step);
        });
      }),
    { wanted: selector, speed: pixelsPerSecond, lasts: ms },
  );

/** Types, and answers for each key how long it took from the key to the frame that shows it. */
export async function typeAndWatch(page: Page, text: string, pauseMs: number): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    document.addEventListener(
      "keydown",
      ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - timeStamp))),
      { capture: true },
    );
  });
  for (const letter of text) {
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await page.waitForTimeout(pauseMs);
  }
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
}

/** Sets the search field to each word as one key would, and answers how long it took until what was found was painted. */
export const searchFor = (page: Page, words: readonly string[]): Promise<readonly number[]> =>
  page.evaluate(async (wanted) => {
    const field = document.querySelector<HTMLInputElement>("input[type=search]");
    const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    if (field === null || setter === undefined) throw new Error("no search field");
    const set = (value: string) => {
      setter.call(field, value);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const times: number[] = [];
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (const word of wanted) {
      set("");
      while (document.querySelector(".library-count") !== null) await frame();
      await new Promise((done) => setTimeout(done, 150));
      const began = performance.now();
      set(word);
      while (document.querySelector(".library-count") === null && performance.now() - began < 5000) await frame();
      await frame();
      times.push(performance.now() - began);
    }
    return times;
  }, words);

/** Jumps about in the sound, and answers how long each took until it could be heard. */
export const jumpAbout = (page: Page, seconds: number, jumps: number): Promise<readonly number[]> =>
  page.evaluate(
    async ([length = 0, count = 0]) => {
      const audio = document.querySelector("audio");
      if (audio === null) throw new Error("no sound");
      const times: number[] = [];
      for (let jump = 0; jump < count; jump++) {
        const began = performance.now();
        const seeked = new Promise((done) => audio.addEventListener("seeked", done, { once: true }));
        audio.currentTime = (((jump * 7919) % 9973) / 9973) * length;
        await seeked;
        times.push(performance.now() - began);
      }
      return times;
    },
    [seconds, jumps],
  );
