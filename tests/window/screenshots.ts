// Pictures of every screen in every state, to be looked at by eyes: `node tests/window/screenshots.ts FOLDER [NAME…]`.
// The scenes are scripted (tests/fixtures/window-api.ts), so that they are the same every time.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Scene } from "../fixtures/window-api.ts";
import { shootEveryScreen } from "./every-screen.ts";
import { openWindowLab } from "./open-window.ts";
import { shootRecording } from "./recording-shots.ts";

interface Shot {
  readonly name: string;
  readonly scene: Scene;
  readonly options?: BrowserContextOptions & { readonly path?: string };
  readonly act?: (page: Page) => Promise<void>;
}

const library: Scene = { name: "library" };
const dark = (scene: Scene): Scene => ({ ...scene, settings: { ...scene.settings, theme: "dark" } });
const english = (scene: Scene): Scene => ({ ...scene, settings: { ...scene.settings, interfaceLanguage: "en" } });
const fixed = (scene: Scene): Scene => ({
  ...scene,
  settings: { ...scene.settings, afterRecording: "night" },
  fixed: {
    values: { theme: "system", afterRecording: "night", offerOriginals: true },
    organisation: "Exempelkommun",
    reason: "Datorerna ska vara snabba på dagen.",
  },
});
const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const cite = press(/^Hyran är sjutusen/u);
const meeting = { path: "/#/meeting/m1" };
const small = { viewport: { width: 900, height: 600 } };
const large = { viewport: { width: 1920, height: 1080 } };

const shots: readonly Shot[] = [
  { name: "first-start", scene: { name: "first-start" } },
  { name: "first-start-dark", scene: dark({ name: "first-start" }), options: small },
  { name: "library-empty", scene: { name: "empty" }, options: { path: "/#/" } },
  { name: "library", scene: library },
  { name: "library-dark", scene: dark(library) },
  { name: "library-many", scene: { name: "many" }, options: large },
  { name: "search", scene: library, act: (page) => page.getByRole("searchbox").fill("hyra") },
  { name: "jobs", scene: library, act: press(/Visa pågående arbete/u) },
  { name: "meeting", scene: library, options: meeting, act: cite },
  { name: "meeting-dark", scene: dark(library), options: meeting, act: cite },
  { name: "meeting-english-small", scene: english(library), options: { ...meeting, ...small } },
  { name: "meeting-large", scene: library, options: { ...meeting, ...large }, act: cite },
  {
    name: "meeting-200",
    scene: library,
    options: { ...meeting, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  },
  {
    name: "meeting-400",
    scene: library,
    options: { path: "/#/meeting/m5", viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
  },
  { name: "meeting-forced-colours", scene: library, options: { ...meeting, forcedColors: "active" }, act: cite },
  { name: "meeting-working", scene: library, options: { path: "/#/meeting/m2" } },
  { name: "meeting-failed", scene: library, options: { path: "/#/meeting/m4" } },
  { name: "meeting-without-sound", scene: library, options: { path: "/#/meeting/m6" } },
  { name: "meeting-template", scene: library, options: meeting, act: press(/Mall/u) },
  { name: "review", scene: library, options: meeting, act: press(/^Granska: /u) },
  {
    name: "review-dark-200",
    scene: dark(library),
    options: { ...meeting, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
    act: async (page) => {
      await page.getByRole("radio", { name: "Sammanfattning" }).click();
      await press(/^Granska: /u)(page);
    },
  },
  { name: "review-approve", scene: library, options: meeting, act: press("Godkänn") },
  { name: "report-new", scene: library, options: { path: "/#/report" } },
  { name: "export", scene: library, options: meeting, act: press("Exportera") },
  {
    name: "export-dark-200",
    scene: dark(english(library)),
    options: { ...meeting, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
    act: press("Export"),
  },
  { name: "copied-next", scene: library, options: meeting, act: press(/^Kopiera och gå till nästa/u) },
  { name: "speaker", scene: library, options: meeting, act: press(/^Klienten, ändra/u) },
  { name: "suggestions", scene: library, options: meeting, act: press(/förslag ur ordlistan/u) },
  {
    name: "suggestions-answered",
    scene: library,
    options: meeting,
    act: async (page) => {
      await press(/förslag ur ordlistan/u)(page);
      await page.keyboard.press("Enter");
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "suggestions-english-small",
    scene: english(library),
    options: { ...meeting, ...small },
    act: press(/suggestions from the glossary/u),
  },
  { name: "deleted", scene: library, options: meeting, act: press("Ta bort samtalet") },
  { name: "settings", scene: library, options: { path: "/#/settings/general" } },
  { name: "settings-meetings", scene: library, options: { path: "/#/settings/conversations" } },
  { name: "settings-models", scene: library, options: { path: "/#/settings/models" } },
  { name: "settings-glossary", scene: library, options: { path: "/#/settings/glossary" } },
  { name: "settings-glossary-empty", scene: { name: "empty" }, options: { path: "/#/settings/glossary" } },
  {
    name: "settings-glossary-term",
    scene: dark(library),
    options: { path: "/#/settings/glossary", ...small },
    act: press("Ändra BBIC"),
  },
  { name: "settings-about", scene: library, options: { path: "/#/settings/about" } },
  { name: "settings-fixed", scene: fixed(library), options: { path: "/#/settings/conversations" } },
  { name: "settings-general-fixed", scene: fixed(library), options: { path: "/#/settings/general" } },
  { name: "help", scene: library, options: { path: "/#/help" } },
  { name: "tour", scene: library, options: { path: "/#/help" }, act: press("Ta en rundtur") },
  {
    name: "tour-source",
    scene: english(library),
    options: { path: "/#/help", ...small },
    async act(page) {
      await press("Take a tour")(page);
      await press("Next")(page);
    },
  },
  { name: "help-law", scene: dark(library), options: { path: "/#/help/law", ...small } },
  { name: "shortcuts", scene: library, act: (page) => page.keyboard.press("?") },
  { name: "templates", scene: library, options: { path: "/#/templates" } },
  { name: "template", scene: library, options: { path: "/#/templates/journalanteckning" } },
  { name: "template-editor", scene: library, options: { path: "/#/templates/egen-hembesok" } },
  { name: "template-editor-dark", scene: dark(library), options: { path: "/#/templates/egen-hembesok" } },
  { name: "template-editor-small", scene: english(library), options: { path: "/#/templates/egen-hembesok", ...small } },
  { name: "template-version", scene: library, options: { path: "/#/templates/egen-hembesok/1" } },
  { name: "store-error", scene: { name: "store-error" } },
];

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("node tests/window/screenshots.ts FOLDER [NAME…] | FOLDER --all [OTHER FOLDER]\n");
  process.exit(2);
}
if (names[0] === "--all") {
  await shootEveryScreen(names[1] ?? "out/screenshots");
  process.exit(0);
}
await mkdir(folder, { recursive: true });
const lab = await openWindowLab();
for (const { name, scene, options, act } of shots) {
  if (names.length > 0 && !names.includes(name)) continue;
  const { page, problems } = await lab.open(scene, options);
  await act?.(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: resolve(join(folder, `${name}.png`)) });
  process.stdout.write(`${name}${problems.length > 0 ? `: ${problems.join("; ")}` : ""}\n`);
  await page.context().close();
}
await lab.close();
await shootRecording(folder, names);
