// The window by itself in Chromium: what each screen does, and that axe-core finds nothing in its rarer states.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { Scene } from "../fixtures/window-api.ts";
import { chromiumPath, openWindowLab, type WindowLab } from "../window/open-window.ts";
import { bringAxe, look } from "./axe.ts";

const skip = chromiumPath === null ? "no Chromium on this machine" : false;
/** States of a screen that the whole app is not in long enough to be looked at; the others: accessibility.test.ts. */
const states: readonly {
  readonly name: string;
  readonly scene: Scene["name"];
  readonly path: string;
  readonly act?: (page: Page) => Promise<void>;
}[] = [
  { name: "empty library", scene: "empty", path: "/#/" },
  { name: "work in progress", scene: "library", path: "/", act: (page) => page.locator("footer button").click() },
  { name: "meeting in progress", scene: "library", path: "/#/meeting/m2" },
  {
    name: "template choice",
    scene: "library",
    path: "/#/meeting/m1",
    act: (page) => page.getByRole("button", { name: /Mall/u }).click(),
  },
  { name: "store error", scene: "store-error", path: "/" },
];

describe("the window", { skip }, () => {
  let lab: WindowLab;
  before(async () => {
    lab = await openWindowLab();
  });
  after(() => lab.close());

  for (const { name, scene, path, act } of states) {
    test(`axe-core finds nothing: ${name}`, async () => {
      const { page, problems } = await lab.open({ name: scene }, { path });
      await act?.(page);
      await bringAxe(page);
      for (const [interfaceLanguage, theme] of [
        ["sv", "light"],
        ["en", "dark"],
      ] as const) {
        await page.evaluate((settings) => window.lyssna.call("settings.set", settings), { interfaceLanguage, theme });
        await page.waitForFunction(
          ([lang, shown]) =>
            document.documentElement.lang === lang && document.documentElement.dataset["theme"] === shown,
          [interfaceLanguage, theme] as const,
        );
        assert.deepEqual(await look(page), [], `${interfaceLanguage} ${theme}`);
      }
      assert.deepEqual(problems, [], "the page or its policy complained");
      await page.context().close();
    });
  }

  test("the library shows what is to be reviewed, or one case, and keeps it while a meeting is open", async () => {
    const { page } = await lab.open({ name: "library" }, { path: "/" });
    await page.locator(".row").first().waitFor();
    const all = await page.locator(".row").count();
    await page.getByRole("radio", { name: "Att granska" }).click();
    const some = await page.locator(".row").count();
    assert.ok(some > 0 && some < all, `${String(some)} of ${String(all)}`);
    await page.locator(".row a").first().click();
    await page.getByRole("link", { name: "Tillbaka till samtal" }).click();
    assert.equal(await page.locator(".row").count(), some);
    await page.getByRole("radio", { name: "Alla" }).click();
    await page.getByRole("button", { name: "Filtrera" }).click();
    await page.getByRole("button", { name: /Alla ärenden/u }).click();
    await page.getByRole("option", { name: "HVB 88/26" }).click();
    // The list closes by itself; the panel around it by a key that comes after that.
    await page.getByRole("option").first().waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Alla ärenden|HVB 88\/26/u }).waitFor({ state: "detached" });
    assert.equal(await page.locator(".row").count(), 1);
    await page.getByRole("radio", { name: "Inspelade" }).click();
    await page.getByText("Inga samtal här.").waitFor();
    await page.getByRole("button", { name: "Visa alla samtal" }).click();
    assert.equal(await page.locator(".row").count(), all);
    await page.context().close();
  });

  test("choosing a sentence lights its passages, brings them into view and plays from the first; once more pauses", async () => {
    const { page } = await lab.open({ name: "library" }, { path: "/#/meeting/m1" });
    const sentence = page.getByRole("button", { name: /^Lämna kontoutdrag/u });
    await sentence.click();
    const lit = page.locator("mark.passage");
    assert.deepEqual(await lit.allInnerTexts(), [
      "Då räknar vi med henne halva tiden. Jag behöver kontoutdrag för tre månader, hyresavin och beslutet från a-kassan.",
      "Kan du lämna det senast fredag den trettonde?",
    ]);
    await lit.first().waitFor({ state: "visible" });
    assert.ok(await inView(page, "mark.passage"));
    await page.getByRole("button", { name: "Pausa" }).waitFor();
    const atMs = await page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime * 1000);
    assert.ok(Math.abs(atMs - 120_000) < 5000, `plays from ${atMs} ms`);
    await sentence.click();
    await page.getByRole("button", { name: "Spela", exact: true }).waitFor();
    await page.context().close();
  });

  test("a search hit opens the meeting at its passage, and going back finds the same hits", async () => {
    const { page } = await lab.open({ name: "library" });
    await page.keyboard.press("/");
    await page.keyboard.type("skridskor");
    await page.getByRole("link", { name: /skridskorna/u }).click();
    await page.getByRole("heading", { level: 1, name: "Första besöket, ekonomiskt bistånd" }).waitFor();
    assert.match(await page.locator("mark.passage").innerText(), /skridskorna/u);
    assert.ok(await inView(page, "mark.passage"));
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /skridskorna/u }).waitFor();
    await page.context().close();
  });

  test("a deleted meeting is out of sight at once and comes back with Undo, without having been deleted", async () => {
    const { page } = await lab.open({ name: "library" }, { path: "/#/meeting/m1" });
    await page.getByRole("button", { name: "Ta bort samtalet" }).click();
    const row = page.getByRole("link", { name: "Första besöket, ekonomiskt bistånd" });
    await page.getByRole("heading", { name: "Samtal", exact: true }).waitFor();
    assert.equal(await row.count(), 0);
    await page.getByRole("button", { name: "Ångra" }).click();
    await row.waitFor();
    assert.ok(!(await callsOf(page)).includes("meetings.delete"));
    await page.context().close();
  });

  test("a speaker gets a name and a role, and the focus comes back", async () => {
    const { page } = await lab.open({ name: "library" }, { path: "/#/meeting/m1" });
    await page.getByRole("button", { name: "Talare 3, ändra namn och roll" }).click();
    await page.getByRole("textbox", { name: "Namn" }).fill("Samira");
    await page.getByRole("textbox", { name: "Roll" }).fill("tolk");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Samira, ändra namn och roll" }).waitFor();
    await page.waitForTimeout(200);
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
      "Samira, ändra namn och roll",
    );
    await page.context().close();
  });

  test("with the keyboard alone: down to a meeting, into it, to a doubtful sentence, back to where one was", async () => {
    const { page } = await lab.open({ name: "library" });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Första besöket, ekonomiskt bistånd" }).waitFor();
    await page.getByRole("button", { name: "Källa 02:42" }).waitFor();
    await page.keyboard.press("n");
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /^Elräkningen/u);
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Första besöket, ekonomiskt bistånd");
    await page.context().close();
  });

  test("dropped files are handed over by path, and a refusal is told in a sentence", async () => {
    const { page } = await lab.open({ name: "library" });
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["x"], "möte.wav"));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
    });
    await page.getByRole("alert").getByText("Modellen KB-Whisper small finns inte på datorn.").waitFor();
    await page.context().close();
  });

  test("five thousand segments open and scroll with only what is near the eye drawn", async () => {
    const { page } = await lab.open({ name: "long" }, { path: "/#/meeting/m1" });
    await page.getByText("Då så, välkommen hit.").first().waitFor();
    assert.ok((await page.locator(".paragraph").count()) < 60);
    await page.locator(".paragraphs").evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await page.waitForTimeout(300);
    assert.ok((await page.locator(".paragraph").count()) < 60);
    assert.match(await page.locator("[aria-setsize]").last().innerText(), /Det prövar vi i samma ansökan/u);
    await page.context().close();
  });

  test("at 200 and 400 per cent nothing is cut off to the side", async () => {
    for (const viewport of [
      { width: 640, height: 400 },
      { width: 320, height: 256 },
    ]) {
      for (const path of ["/", "/#/meeting/m1", "/#/settings/models"]) {
        const { page } = await lab.open({ name: "library" }, { path, viewport });
        const wider = await page.evaluate(() =>
          [...document.querySelectorAll(".app-view, body")].some(
            (element) => element.scrollWidth > element.clientWidth + 1,
          ),
        );
        assert.equal(wider, false, `${path} at ${viewport.width}`);
        await page.context().close();
      }
    }
  });
});

const callsOf = (page: Page) =>
  page.evaluate(() => (window.lyssna as unknown as { readonly calls: readonly string[] }).calls);

/** Whether the first such element lies within its scroller. */
const inView = (page: Page, selector: string) =>
  page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    const scroller = element?.closest(".paragraphs");
    if (!element || !scroller) return false;
    const [inner, outer] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
    return inner.top >= outer.top && inner.bottom <= outer.bottom;
  }, selector);
