// The whole main job with the keyboard alone: a file is imported, read, heard, put right, summarised, reviewed, approved,
// copied and exported. No pointer is ever used, and the page counts whether one was. The help and the tour too.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { callApp, waitForJobs, writeRecording } from "./drive.ts";
import { launchApp, type LaunchedApp, skipSound } from "./launch-app.ts";

const said =
  "Jag är trött och orolig, eftersom jag inte kan betala hyran. Hyran är åtta tusen kronor. " +
  "Vi beslutar att du ska söka bidrag. Handläggaren ska skicka en blankett med brev senast fredag.";
/** No view has more places for the focus than this between where one is and what one seeks. */
const mostTabs = 150;

describe("with the keyboard alone", { skip: skipSound }, () => {
  let app: LaunchedApp;
  let folder = "";
  /** Elements that had the focus and did not show it. */
  const unseen = new Set<string>();
  const page = () => app.page;
  const press = (key: string) => page().keyboard.press(key);

  /** Tabs to what has the role and the name. */
  async function reach(role: "button" | "link" | "textbox", name: string | RegExp, key = "Tab"): Promise<void> {
    const wanted = page().getByRole(role, { name, exact: true }).and(page().locator(":focus"));
    const pattern = typeof name === "string" ? `^${name}$` : name.source;
    for (let tabs = 0; tabs < mostTabs; tabs += 1) {
      const { unringed, named } = await page().evaluate(lookAtFocus, pattern);
      if (tabs > 0 && unringed !== null) unseen.add(unringed);
      // The engine that knows roles and names is asked only where the words are right: it takes a while.
      if (named && (await wanted.count()) > 0) return;
      await press(key);
    }
    assert.fail(`${role} ${String(name)} is not reached; the focus is at ${await focused()}`);
  }
  const focused = () => page().evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? "");
  const enter = async (role: "button" | "link", name: string | RegExp) => {
    await reach(role, name);
    await press("Enter");
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-keys-"));
    await writeRecording(join(folder, "Hembesök.wav"), said);
    app = await launchApp();
    await callApp(page(), "settings.set", { modelId: "demonstration" });
    await page().evaluate(() => {
      const counted = window as unknown as { pointers: number };
      counted.pointers = 0;
      for (const name of ["pointerdown", "mousedown", "touchstart"] as const)
        window.addEventListener(name, () => (counted.pointers += 1), { capture: true });
    });
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("a file is imported and opened", async () => {
    await enter("link", /^(?:Fortsätt utan talmodell|Till samtalen)$/u);
    await page().getByRole("heading", { level: 1, name: "Samtal" }).waitFor();
    await app.nextOpenFiles([join(folder, "Hembesök.wav")]);
    await press("i");
    await page().getByRole("link", { name: "Hembesök" }).waitFor();
    await waitForJobs(page());
    await press("ArrowDown");
    await press("Enter");
    await page().getByRole("heading", { level: 1, name: "Hembesök" }).waitFor();
    await page().getByRole("region", { name: "Avskrift" }).getByText("hyran").first().waitFor();
  });

  test("it is played and paused", async () => {
    await press("k");
    await page().waitForFunction(() => document.querySelector("audio")?.paused === false);
    await press("k");
    await page().waitForFunction(() => document.querySelector("audio")?.paused === true);
  });

  test("a line is put right", async () => {
    await reach("button", /^Spela från 00:00$/u);
    await press("e");
    const field = page().getByRole("textbox", { name: /^Rätta det som/u });
    await field.and(page().locator(":focus")).waitFor();
    await press("ControlOrMeta+End");
    await page().keyboard.type(" Ja tack.");
    await press("ControlOrMeta+Enter");
    await page().getByRole("region", { name: "Avskrift" }).getByText("Ja tack.").waitFor();
  });

  test("it is summarised with a template that one chooses", async () => {
    await reach("button", /Mall$/u);
    await press("Enter");
    await page().getByRole("listbox").waitFor();
    await page().keyboard.type("Journal");
    await press("Enter");
    await page().getByRole("listbox").waitFor({ state: "detached" });
    await enter("button", "Sammanfatta");
    await page()
      .getByRole("region", { name: "Sammanfattning" })
      .getByRole("heading", { level: 3, name: "Anledning till kontakten" })
      .waitFor();
    await waitForJobs(page());
    // The second version is shown.
    await page().getByRole("button", { name: "Versioner" }).waitFor();
  });

  test("a sentence is changed, the open point dealt with, and the summary approved", async () => {
    const opener = page().getByRole("button", { name: /^Granska: Hyran är 9 000/u });
    await enter("button", /^Granska: .*8 000 kronor/u);
    await page().getByRole("textbox", { name: "Meningen" }).and(page().locator(":focus")).waitFor();
    await press("ControlOrMeta+a");
    await page().keyboard.type("Hyran är 9 000 kronor.");
    await press("ControlOrMeta+Enter");
    // Nobody said nine thousand: it is an open point now, and one is led to it.
    await page().getByRole("button", { name: "Gå till nästa", exact: true }).waitFor();
    await reach("button", "Gå till nästa", "Shift+Tab");
    await press("Enter");
    await opener.and(page().locator(":focus")).waitFor();
    await press("Enter");
    await enter("button", "Det stämmer");
    await opener.and(page().locator(":focus")).waitFor();
    await page().getByRole("button", { name: "Gå till nästa", exact: true }).waitFor({ state: "detached" });
    await reach("button", "Godkänn", "Shift+Tab");
    await press("Enter");
    await reach("textbox", "Ditt namn");
    await page().keyboard.type("Karin Ek");
    await enter("button", "Godkänn sammanfattningen");
    await page()
      .getByText(/granskat av Karin Ek/u)
      .waitFor();
    await page().getByRole("dialog").waitFor({ state: "detached" });
  });

  test("it is copied and exported", async () => {
    await enter("button", "Kopiera allt");
    await page().getByText("Kopierat").first().waitFor();
    assert.match(await app.clipboard(), /granskat av Karin Ek/u);
    await app.nextSavePath(join(folder, "ut.docx"));
    await reach("button", "Exportera", "Shift+Tab");
    await press("Enter");
    await page().getByRole("dialog").waitFor();
    await enter("button", "Spara filen");
    await page().getByText("Sparat: ut.docx").first().waitFor();
    assert.match((await readFile(join(folder, "ut.docx"))).toString("latin1"), /^PK/u);
  });

  test("the help opens with F1, is searched, and leads back to where one was", async () => {
    await page().getByRole("dialog").waitFor({ state: "detached" });
    const here = page().url();
    await press("F1");
    await page().getByRole("heading", { level: 1, name: "Hjälp" }).waitFor();
    await press("/");
    await page().keyboard.type("gallring");
    await page().locator("mark").first().waitFor();
    await press("Escape");
    await reach("link", "Tillbaka", "Shift+Tab");
    await press("Enter");
    await page().getByRole("heading", { level: 1, name: "Hembesök" }).waitFor();
    assert.equal(page().url(), here);
  });

  test("the tour points at what it speaks of, locks nothing, and is taken again", async () => {
    const card = page().getByRole("region", { name: "Rundtur" });
    const titles = [
      "Läs och lyssna",
      "Se vad en mening vilar på",
      "Rätta en rad",
      "Granska och godkänn",
      "Ta med texten",
      "Vad Lyssna aldrig gör",
    ];
    await press("F1");
    await enter("button", "Ta en rundtur");
    for (const [index, title] of titles.entries()) {
      const heading = card.getByRole("heading", { level: 2, name: title });
      await heading.and(page().locator(":focus")).waitFor();
      if (title === titles.at(-1)) break;
      await page().locator(".tour-frame:not([hidden])").waitFor();
      // Out of the card and in again: nothing holds the focus.
      if (index === 1) {
        await press("Shift+Tab");
        assert.equal(await card.locator(":focus").count(), 0);
        await reach("button", "Avsluta rundturen");
      }
      await enter("button", "Nästa");
    }
    await enter("button", "Klar");
    await card.waitFor({ state: "detached" });
    assert.equal(await page().locator("h1:focus").count(), 1);
    await enter("button", "Ta en rundtur");
    await card.waitFor();
    await press("Escape");
    await card.waitFor({ state: "detached" });
    assert.match(page().url(), /#\/meeting\//u);
  });

  test("the focus was seen wherever it was, and no pointer was used", async () => {
    assert.deepEqual([...unseen], []);
    assert.equal(await page().evaluate(() => (window as unknown as { pointers: number }).pointers), 0);
  });
});

/** What has the focus, if nothing shows that it does, and whether it is called so. Runs in the page. */
function lookAtFocus(pattern: string): { readonly unringed: string | null; readonly named: boolean } {
  const element = document.activeElement as HTMLElement | null;
  if (element === null || element === document.body) return { unringed: null, named: false };
  const wordsOf = (one: Element | null): string => (one?.textContent ?? "").replaceAll(/\s+/gu, " ").trim();
  const labels = "labels" in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
  const names = [
    element.getAttribute("aria-label") ?? "",
    (element.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => wordsOf(document.getElementById(id)))
      .join(" "),
    ...labels.map(wordsOf),
    wordsOf(element),
  ];
  // A thin line that is easy to grip draws its ring round what is seen of it.
  const isRinged = (one: Element): boolean =>
    [null, "::before"].some((part) => {
      const { outlineStyle, outlineWidth, content } = getComputedStyle(one, part);
      return (part === null || content !== "none") && outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    });
  // A field within a frame, a box within its label, a slider's hidden input within its thumb: the ring is round the whole.
  let ringed = false;
  for (let one: Element | null = element, up = 0; one !== null && up < 4; one = one.parentElement, up += 1)
    ringed ||= isRinged(one);
  return {
    unringed: ringed ? null : element.outerHTML.slice(0, 160),
    named: names.some((one) => new RegExp(pattern, "u").test(one)),
  };
}
