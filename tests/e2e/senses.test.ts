// Who sees no colours, wants no motion, or hears the window read aloud: forced colours, reduced motion, live regions.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { callApp, waitForJobs } from "./drive.ts";
import { skipSound, skipStandIn } from "./launch-app.ts";
import { begin, finish, prepare, useMicrophone } from "./record.ts";

describe("without colour, motion or sight", { skip: skipSound || skipStandIn }, () => {
  const { launch } = useMicrophone();

  test("forced colours: the focus and the chosen sentence are outlined", async (t) => {
    const { page } = await launch(t);
    await page.emulateMedia({ forcedColors: "active" });
    await listen(page);
    const { id } = await callApp(page, "meetings.addExample");
    await waitForJobs(page);
    await page.waitForFunction(() =>
      (window as unknown as { heard: string[] }).heard.some((text) => text.endsWith("är klart att granska.")),
    );
    assert.equal((await page.evaluate(heard)).length, 1, "of a job, one is told once");

    await page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
    const sentence = page.getByRole("region", { name: "Sammanfattning" }).locator(".sentence-text").first();
    await sentence.waitFor();
    assert.equal(await isOutlined(page, ".sentence-text"), false);
    await sentence.focus();
    await page.keyboard.press("Enter");
    await page.locator(".sentence[data-chosen]").waitFor();
    await page.keyboard.press("Tab");
    assert.ok(await isOutlined(page, ".sentence[data-chosen] .sentence-text"), "the chosen sentence");
    assert.ok(await isOutlined(page, "mark, [data-lit]"), "the passage it rests on");
    for (let tabs = 0; tabs < 12; tabs += 1) {
      await page.keyboard.press("Tab");
      assert.ok(await isOutlined(page, ":focus"), await page.locator(":focus").first().innerHTML());
    }
  });

  test("a recording is told in words: on the screen, in any view, and aloud, each change once", async (t) => {
    const { page } = await launch(t);
    await page.emulateMedia({ forcedColors: "active" });
    await prepare(page);
    await listen(page);
    await begin(page);
    // The clock runs and the level moves meanwhile.
    await page.waitForTimeout(2500);
    assert.deepEqual(await page.evaluate(heard), ["Inspelningen har börjat."]);

    assert.equal(await moving(page), 1, "the dot breathes");
    await page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await moving(page), 0, "nothing moves where that is asked for");

    await page.getByRole("button", { name: "Pausa" }).click();
    await page.getByRole("heading", { level: 1, name: "Pausad" }).waitFor();
    await saidLast(page, "Inspelningen är pausad.");
    await page.getByRole("button", { name: "Fortsätt" }).click();
    await saidLast(page, "Inspelningen går vidare.");
    await page.evaluate(() => (window.location.hash = "#/"));
    const line = page.getByRole("complementary", { name: "Inspelning pågår" });
    await line.getByText("Spelar in").waitFor();
    // By whatever window it was asked for.
    await callApp(page, "recording.pause", "off-record");
    await line.getByText("Utanför protokollet").waitFor();
    await saidLast(page, "Utanför protokollet. Inget spelas in.");
    await line.getByRole("link").click();
    await finish(page);
    await saidLast(page, "Inspelningen är sparad.");
    assert.deepEqual(await page.evaluate(heard), [
      "Inspelningen har börjat.",
      "Inspelningen är pausad.",
      "Inspelningen går vidare.",
      "Utanför protokollet. Inget spelas in.",
      "Inspelningen är sparad.",
    ]);
  });
});

/** What has been said in live regions since `listen`. Runs in the page. */
function heard(): readonly string[] {
  return (window as unknown as { heard: string[] }).heard;
}

const saidLast = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction((wanted) => (window as unknown as { heard: string[] }).heard.at(-1) === wanted, text);

/** Keeps what a screen reader would say by itself: words that come into a live region, or with one. */
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const kept: string[] = [];
    (window as unknown as { heard: string[] }).heard = kept;
    const live = "output, [role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]";
    new MutationObserver((changes) => {
      const regions = new Set<Element>();
      for (const { target, addedNodes } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(`${live}, [aria-live=off]`);
        if (region && !region.matches("[aria-live=off]")) regions.add(region);
        for (const node of addedNodes)
          if (node instanceof Element)
            for (const one of [node, ...node.querySelectorAll("*")]) if (one.matches(live)) regions.add(one);
      }
      for (const region of regions) {
        const text = (region.textContent ?? "").trim();
        if (text !== "") kept.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

/** Whether an outline, in another colour than the ground, is round the first of them or what it stands in. */
const isOutlined = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const ground = getComputedStyle(document.body).backgroundColor;
      for (let one: Element | null = element, up = 0; one !== null && up < 4; one = one.parentElement, up += 1) {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
        if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 && outlineColor !== ground) return true;
      }
      return false;
    });

/** How many things move by themselves. */
const moving = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().endTime === Infinity)
        .length,
  );
