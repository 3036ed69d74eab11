// Every screen of the app and the way to it: the accessibility test looks at each, and so does the camera.
// By address and by role, in whatever language the interface is in.
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { Meeting } from "../../electron/contract.ts";
import type { InterfaceLanguage } from "../../electron/formats.ts";
import { addItem } from "../../electron/summary/review.ts";
import { callApp, snapshotOf, waitForJobs } from "./drive.ts";
import type { LaunchedApp } from "./launch-app.ts";
import { makeStandInVoices } from "../voices/stand-in-voices.ts";

export const themes = ["light", "dark"] as const;
export const languages = ["sv", "en"] as const satisfies readonly InterfaceLanguage[];
export type Theme = (typeof themes)[number];

export interface Screen {
  readonly name: string;
  /** Shows it. Starts from whatever was shown before. */
  show(page: Page, meetings: readonly Meeting[]): Promise<void>;
}

const names = {
  tour: /^(?:Ta en rundtur|Take a tour)$/u,
  nextStep: /^(?:Nästa|Next)$/u,
  jobs: /Visa pågående arbete|Show work in progress/u,
  edit: /Ändra titel och ärende|Edit title and case/u,
  export: /^(?:Exportera|Export)$/u,
  mask: /^(?:Avidentifiera|De-identify)$/u,
  unmask: /^(?:Visa namnen|Show the names)$/u,
  all: /^(?:Alla|All)$/u,
  toReview: /^(?:Att granska|To review)$/u,
  filter: /^(?:Filtrera|Filter)$/u,
  select: /^(?:Välj flera|Select several)$/u,
  selected: /^(?:Valda samtal|Selected meetings)$/u,
  setCase: /^(?:Ange ärende|Set case)$/u,
  exportMany: /^(?:Exportera|Export)$/u,
  locked: /^(?:Lyssna är låst|Lyssna is locked)$/u,
  forgotten: /^(?:Glömd lösenfras|Forgotten passphrase)$/u,
  packModels: /^(?:Skapa modellpaket|Make a model package)$/u,
  changePassphrase: /^(?:Byt lösenfras|Change the passphrase)$/u,
  newCode: /^Skapa en ny återställningskod$|^Make a new recovery code$/u,
  search: /Sök i allt som sagts|Search everything that was said/u,
  suggestions: /förslag ur ordlistan|suggestions? from the glossary/u,
  newTemplate: /^(?:Ny mall|New template)$/u,
  oldDocument: /^(?:Från ett gammalt dokument|From an old document)/u,
  makeOwn: /^(?:Gör en egen av den här|Make your own from this)$/u,
  selfTest: /^(?:Kontrollera|Check)$/u,
  aboutTemplate: /^(?:Om mallen|About the template)$/u,
  tryOut: /^(?:Så blir det|What it becomes)$/u,
  term: /^(?:Lägg till ord|Add a word)$/u,
  rename: /ändra namn och roll|change name and role/u,
  whoIsWho: /^(?:Vem är vem|Who is who)/u,
  correct: /^(?:Rätta raden vid|Correct the line at) 00:05$/u,
  unknownWord: /^blaste, (?:okänt ord|unknown word)/u,
  source: /^(?:Källa|Source) \d/u,
  review: /^(?:Granska|Review): /u,
  writeOwn: /^(?:Skriv en mening under|Write a sentence under) /u,
  remake: /^(?:Gör om|Make again), /u,
  approve: /^(?:Godkänn|Approve)$/u,
  otherLanguages: /^(?:Andra språk|Other languages)$/u,
  versions: /^(?:Versioner|Versions)$/u,
  record: /^(?:Spela in|Record)$/u,
  yes: /^(?:Ja|Yes)$/u,
  strike: /^(?:Stryk senaste|Strike the last) 2/u,
  mark: /^(?:Markera|Mark)$/u,
  important: /^(?:Viktigt|Important)$/u,
  undo: /^(?:Ångra|Undo)$/u,
  offRecord: /^(?:Utanför protokollet|Off the record)$/u,
  finish: /^(?:Avsluta|Finish)$/u,
  aboutRecording: /^(?:Om inspelningen|About the recording)$/u,
  deleteOriginal: /^(?:Radera original|Delete the original)/u,
  move: /^(?:Flytta samtalet som paket|Move the meeting as a package)$/u,
  withdraw: /^(?:Samtycket är återtaget|Consent is withdrawn)/u,
} as const;

const at = async (page: Page, address: string) => {
  await page.keyboard.press("Escape");
  // What floated may take a moment to leave.
  await page.waitForFunction(() => document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") === null);
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await still(page);
};

const meetingAt =
  (title: RegExp) =>
  async (page: Page, meetings: readonly Meeting[]): Promise<Meeting> => {
    const meeting = meetings.find((candidate) => title.test(candidate.title));
    if (meeting === undefined) throw new Error(`no meeting is called ${title}`);
    await at(page, `#/meeting/${meeting.id}`);
    return meeting;
  };
const openExample = meetingAt(/^Exempel|^Example/u);
/** With its names: the masked screen leaves it without. */
const example = async (page: Page, meetings: readonly Meeting[]) => {
  const { id } = await openExample(page, meetings);
  const { choice } = await callApp(page, "masking.get", id);
  if (choice.on) await page.getByRole("button", { name: names.unmask }).click();
};

/** In a narrow window one of the two stands behind the other. */
export async function turnTo(page: Page, pane: "transcript" | "summary"): Promise<void> {
  const name = pane === "summary" ? /^(?:Sammanfattning|Summary)$/u : /^(?:Avskrift|Transcript)$/u;
  const choice = page.getByRole("radio", { name });
  if ((await choice.count()) > 0) await choice.click();
}

/** The library as it is before anything is sought or filtered. */
async function library(page: Page): Promise<void> {
  await at(page, "#/");
  if ((await page.getByRole("region", { name: names.selected }).count()) > 0) await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: names.search }).fill("");
  await page.getByRole("radio", { name: names.all }).click();
}

/** Boxes to tick beside the meetings, two of them ticked. Esc takes them away. */
async function select(page: Page): Promise<void> {
  await library(page);
  await page.getByRole("button", { name: names.select }).click();
  for (const index of [0, 1]) await page.locator(".row-tick").nth(index).click();
  await page.getByRole("region", { name: names.selected }).waitFor();
}

const settings = (page: string): Screen => ({
  name: `settings-${page}`,
  show: (shown) => at(shown, `#/settings/${page}`),
});

/** Of two of the meetings. */
const caseReference = "SN 2026-114";
const passphrase = "granen barrar";

/** On an app with the example meeting, and one that failed. */
export const screens: readonly Screen[] = [
  { name: "first-start", show: (page) => at(page, "#/start") },
  { name: "library", show: library },
  {
    name: "library-filter",
    async show(page) {
      await library(page);
      await page.getByRole("button", { name: names.filter }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "library-select", show: select },
  {
    name: "library-select-case",
    async show(page) {
      await page.getByRole("button", { name: names.setCase }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "library-select-export",
    async show(page) {
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByRole("region", { name: names.selected }).getByRole("button", { name: names.exportMany }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "search",
    async show(page) {
      await library(page);
      await page.getByRole("searchbox", { name: names.search }).fill("boende");
      await page.locator("mark").first().waitFor();
    },
  },
  {
    name: "search-filter",
    async show(page) {
      await page.getByRole("radio", { name: names.toReview }).click();
      await page.locator("mark").first().waitFor();
    },
  },
  { name: "case", show: (page) => at(page, `#/case/${encodeURIComponent(caseReference)}`) },
  {
    name: "meeting",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "summary");
      await page.getByRole("heading", { level: 3 }).first().waitFor();
    },
  },
  {
    name: "masked",
    async show(page, meetings) {
      await example(page, meetings);
      const mask = page.getByRole("button", { name: names.mask });
      await mask.click();
      await page.locator(".mask-group").first().waitFor();
    },
  },
  {
    name: "source",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "summary");
      await page.getByRole("button", { name: names.source }).first().click();
      await page.locator("mark").first().waitFor();
    },
  },
  {
    name: "who-is-who",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "transcript");
      await page.getByRole("button", { name: names.whoIsWho }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "review",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "summary");
      await page.getByRole("button", { name: names.review }).first().click();
      await page.getByRole("button", { name: names.writeOwn }).last().click();
      await page.locator("form.review-edit").nth(1).waitFor();
    },
  },
  {
    name: "review-remake",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "summary");
      await page.getByRole("button", { name: names.remake }).first().click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "review-approve",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "summary");
      await page.getByRole("button", { name: names.approve }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "review-versions",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "summary");
      await page.getByRole("button", { name: names.versions }).click();
      await page.getByRole("dialog").getByRole("region").waitFor();
    },
  },
  {
    name: "export",
    async show(page, meetings) {
      await example(page, meetings);
      await page.getByRole("button", { name: names.export }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "edit",
    async show(page, meetings) {
      await example(page, meetings);
      await page.getByRole("button", { name: names.edit }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "rename",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "transcript");
      await page.getByRole("button", { name: names.rename }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "correct-line",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "transcript");
      await page.getByRole("button", { name: names.correct }).click();
      await page.locator(".line-field").fill("Tack. Det blaste.");
      await page.getByRole("button", { name: names.unknownWord }).waitFor();
    },
  },
  {
    name: "summary-window",
    async show(page, meetings) {
      await at(page, `#/summary/${meetings.find(({ title }) => /^Exempel|^Example/u.test(title))?.id ?? ""}`);
      await page.getByRole("heading", { level: 3 }).first().waitFor();
    },
  },
  {
    name: "suggestions",
    async show(page, meetings) {
      await example(page, meetings);
      await turnTo(page, "transcript");
      await page.getByRole("button", { name: names.suggestions }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "term",
    async show(page) {
      await at(page, "#/settings/glossary");
      await page.getByRole("button", { name: names.term }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "templates", show: (page) => at(page, "#/templates") },
  {
    name: "template-paste",
    async show(page) {
      await at(page, "#/templates");
      await page.getByRole("button", { name: names.newTemplate }).click();
      await page.getByRole("menuitem", { name: names.oldDocument }).click();
      await page.getByRole("dialog").getByRole("textbox").waitFor();
      await page.getByRole("menu").waitFor({ state: "detached" });
    },
  },
  { name: "template", show: (page) => at(page, "#/templates/sip") },
  {
    name: "template-editor",
    async show(page) {
      await at(page, "#/templates/sip");
      await page.getByRole("button", { name: names.makeOwn }).click();
      await page.getByRole("region", { name: names.tryOut }).getByRole("heading", { level: 3 }).first().waitFor();
    },
  },
  {
    name: "template-about",
    async show(page) {
      await at(page, "#/templates/kamratstod");
      await page.getByRole("button", { name: names.makeOwn }).click();
      await page.getByRole("button", { name: names.aboutTemplate }).click();
      await page.getByRole("region", { name: names.tryOut }).getByRole("heading", { level: 3 }).first().waitFor();
    },
  },
  {
    name: "tour",
    async show(page) {
      await at(page, "#/help");
      await page.getByRole("button", { name: names.tour }).click();
      await page.getByRole("button", { name: names.nextStep }).click();
      await page.locator(".tour-frame:not([hidden])").waitFor();
      await page.locator(".sentence").first().waitFor();
    },
  },
  { name: "help", show: (page) => at(page, "#/help") },
  {
    name: "help-search",
    async show(page) {
      await at(page, "#/help/limits");
      await page.getByRole("searchbox").fill("Lyssna");
      await page.locator("mark").first().waitFor();
    },
  },
  {
    name: "renditions",
    async show(page, meetings) {
      const languageServer = { on: true, address: "127.0.0.1:9", model: "gemma3:4b" };
      await callApp(page, "settings.set", { languageServer });
      await example(page, meetings);
      await turnTo(page, "summary");
      await page.getByRole("button", { name: names.otherLanguages }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "ask", show: (page) => at(page, "#/ask") },
  { name: "failed", show: async (page, meetings) => void (await meetingAt(/^Trasig/u)(page, meetings)) },
  ...["general", "conversations", "models", "glossary", "retention", "log", "move", "lock", "keys", "about"].map(
    settings,
  ),
  {
    name: "settings-models-pack",
    async show(page) {
      await at(page, "#/settings/models");
      await page.getByRole("button", { name: names.packModels }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "lock-passphrase",
    async show(page) {
      await at(page, "#/settings/lock");
      await page.getByRole("button", { name: names.changePassphrase }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "lock-code",
    async show(page) {
      await at(page, "#/settings/lock");
      await page.getByRole("button", { name: names.newCode }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "settings-self-test",
    async show(page) {
      await at(page, "#/settings/about");
      await page.getByRole("button", { name: names.selfTest }).click();
      await page.locator(".self-test-list dd").first().waitFor({ timeout: 60_000 });
    },
  },
  {
    name: "move-meeting",
    async show(page, meetings) {
      await example(page, meetings);
      await page.getByRole("button", { name: names.move }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "originals",
    async show(page) {
      await at(page, "#/");
      await page.getByRole("button", { name: names.deleteOriginal }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "shortcuts",
    async show(page) {
      await at(page, "#/");
      await page.getByRole("heading", { level: 1 }).first().focus();
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "record",
    async show(page) {
      await at(page, "#/record");
      await page.getByRole("button", { name: names.record, disabled: false }).waitFor();
      await still(page);
    },
  },
  {
    name: "record-consent",
    async show(page) {
      await at(page, "#/record");
      await page.getByRole("button", { name: names.record, disabled: false }).waitFor();
      await page.getByText(names.yes).click();
      await page.getByRole("textbox").first().waitFor();
      await still(page);
    },
  },
  {
    name: "record-running",
    async show(page) {
      await at(page, "#/record");
      await page.getByRole("button", { name: names.record, disabled: false }).click();
      await page.getByRole("timer").waitFor();
      await page.getByRole("button", { name: names.mark }).click();
      await page.getByRole("menuitem", { name: names.important }).click();
      await page.getByRole("button", { name: names.strike }).click();
      await page.getByRole("button", { name: names.undo, exact: true }).last().waitFor();
    },
  },
  {
    name: "record-off",
    async show(page) {
      await page.getByRole("button", { name: names.undo, exact: true }).last().click();
      await page.getByRole("button", { name: names.offRecord }).click();
      await page.getByRole("heading", { level: 1, name: names.offRecord }).waitFor();
    },
  },
  {
    name: "record-about",
    async show(page) {
      await page.getByRole("button", { name: names.finish }).click();
      await page.getByRole("button", { name: names.aboutRecording }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "record-withdraw",
    async show(page) {
      await page.getByRole("button", { name: names.withdraw }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "locked",
    async show(page) {
      await at(page, "#/");
      // The page may be loaded anew before the answer is there.
      await callApp(page, "lock.now").catch(() => {});
      await page.getByRole("heading", { level: 1, name: names.locked }).waitFor();
      await page.waitForLoadState();
      await page.getByRole("heading", { level: 1, name: names.locked }).waitFor();
    },
  },
  {
    name: "locked-recovery",
    async show(page) {
      await page.getByRole("button", { name: names.forgotten }).click();
      await page.getByRole("textbox").nth(1).waitFor();
    },
  },
];

/** Opens what the last screens have locked. */
export async function unlock(page: Page): Promise<void> {
  // The page is loaded anew as it opens.
  const loaded = page.waitForEvent("load", { timeout: 10_000 }).catch(() => {});
  await callApp(page, "lock.unlock", passphrase).catch(() => {});
  await page.getByRole("heading", { level: 1, name: names.locked }).waitFor({ state: "detached" });
  await loaded;
}

/** The meetings that the screens show. The broken file is left where it is, and a whole one is put beside it. */
export async function fill(app: LaunchedApp, brokenFile: string): Promise<readonly Meeting[]> {
  // Taught, so that it is suggested in the example meeting whatever sounds alike.
  await callApp(app.page, "glossary.save", { text: "Boendestödet", kind: "term", soundsLike: ["boendestöd"] });
  await callApp(app.page, "meetings.addExample");
  const whole = join(dirname(brokenFile), "Uppföljning.vtt");
  await writeFile(whole, "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Klient>Hyran är betald.\n");
  const another = join(dirname(brokenFile), "Planering.vtt");
  await writeFile(another, "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Klient>Vi planerar boendet.\n");
  await callApp(app.page, "import.files", [whole, another, brokenFile]);
  await waitForJobs(app.page);
  const meetings = await snapshotOf(app.page, "meetings");
  const bound = meetings.filter(({ title }) => /^(?:Uppföljning|Planering)/u.test(title));
  await callApp(
    app.page,
    "meetings.setCase",
    bound.map(({ id }) => id),
    caseReference,
  );
  for (const { id } of meetings.filter(({ status }) => status === "to-review")) await edit(app.page, id);
  // One that is installed, for what can be done with one.
  await app.nextOpenFiles([await makeStandInVoices(join(dirname(brokenFile), "roster"))]);
  await callApp(app.page, "models.importFolder");
  await callApp(app.page, "key.setPassphrase", null, passphrase);
  await callApp(app.page, "key.newRecoveryCode", passphrase);
  return meetings;
}

/** A second version of a summary, with a sentence that a person wrote. */
async function edit(page: Page, id: string): Promise<void> {
  const [made] = await callApp(page, "summaries.list", id);
  const section = made?.summary.sections[0];
  if (made === undefined || section === undefined) return;
  await callApp(page, "summaries.save", id, made.id, addItem(made.summary, section.id, "Samtalet fördes i hemmet."));
}

/** Puts the interface in a language and a theme, and waits until the page is so. */
export async function dress(page: Page, interfaceLanguage: InterfaceLanguage, theme: Theme): Promise<void> {
  await callApp(page, "settings.set", { interfaceLanguage, theme });
  await page.waitForFunction(
    ([language, shown]) =>
      document.documentElement.lang.startsWith(language) && document.documentElement.dataset["theme"] === shown,
    [interfaceLanguage, theme] as const,
  );
}

/** Nothing moves any more. */
export const still = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        // The dot of a recording breathes for as long as it runs.
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished.catch(() => {})),
    ),
  );
