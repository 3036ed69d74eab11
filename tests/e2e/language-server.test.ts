// A language model in a server on this machine, as a person uses it: switched on and tried in the settings, summarising, and
// putting one heading in other words. The server is ours and answers by a script.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startLanguageServer } from "../language-server.ts";
import { callApp, complaintsOf, snapshotOf, waitForJobs } from "./drive.ts";
import { launchApp, skipWindow } from "./launch-app.ts";

const pane = (page: Page) => page.getByRole("region", { name: "Sammanfattning" });
const invented = "Klienten har köpt en segelbåt i Visby för 90 000 kronor.";
const reworded = "Klienten har flyttat till Kiruna.";

test("a server on this machine is tried, summarises, rewrites and is stopped", { skip: skipWindow }, async () => {
  let hangs = false;
  const heard: string[] = [];
  await using server = await startLanguageServer({
    models: ["gemma3:4b", "stor:cloud"],
    contextTokens: 16_384,
    instead: (request) => hangs && request.url === "/v1/chat/completions",
    answer({ messages }) {
      const asked = messages.at(-1)?.content ?? "";
      heard.push(asked);
      const mark = /^(?:- )?(s\d+)[ :]/mu.exec(asked)?.[1] ?? "s1";
      if (asked.includes("översätt varje mening"))
        return {
          items: [...asked.matchAll(/^(\d+): "/gmu)].map(([, n]) => ({ n, text: "اشترى العميل قاربًا بمبلغ 90000." })),
        };
      if (asked.includes("svara på frågan"))
        return { items: asked.includes("segelbåt") ? [] : [{ segments: [mark, "s9999"], text: invented }] };
      const text = asked.includes("skriv om det som står") ? reworded : invented;
      return { items: [{ segments: [mark], text, who: "", when: "" }] };
    },
  });
  await using started = await launchApp();
  const { page } = started;
  const complaints = complaintsOf(page);
  await assert.rejects(callApp(page, "server.models", server.address), /server-off/u);
  assert.deepEqual(server.paths, []);
  await page.evaluate(() => (window.location.hash = "#/settings/models"));
  await page.getByText("Låt en server på den här datorn sammanfatta").click();
  const address = page.getByRole("textbox", { name: "Serverns adress" });
  const tryIt = page.getByRole("button", { name: "Prova" });
  await address.fill("http://192.168.1.4:11434");
  await page.getByText("Adressen går inte till den här datorn.", { exact: false }).waitFor();
  assert.equal(await tryIt.isDisabled(), true);
  await address.fill(`localhost:${String(server.port)}/v1`);
  await tryIt.click();
  await page.getByText("Servern svarar. Den har en modell.").waitFor();
  assert.deepEqual((await snapshotOf(page, "settings")).languageServer, {
    on: true,
    address: `localhost:${String(server.port)}/v1`,
    model: "gemma3:4b",
  });
  // Neither the window nor what stands in its place gets around the address.
  const elsewhere = { on: true, address: "http://192.168.1.4:11434", model: "" };
  await assert.rejects(callApp(page, "settings.set", { languageServer: elsewhere }), /bad-call/u);
  await assert.rejects(callApp(page, "server.models", "http://127.0.0.1.example.org"), /server-not-local/u);

  const { id } = await callApp(page, "meetings.addExample");
  await waitForJobs(page);
  await callApp(page, "summaries.make", id, "minnesanteckningar", "server");
  await waitForJobs(page);
  const [made] = await callApp(page, "summaries.list", id);
  assert.deepEqual(made?.summary.engine, { id: "server", version: "gemma3:4b" });
  const items = made?.summary.sections.flatMap((section) => section.items) ?? [];
  assert.ok(items.length > 0);
  assert.ok(items.every(({ support, text }) => text === invented && support === "unsupported"));

  await page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
  const summary = pane(page);
  await summary.getByText(invented).first().waitFor();
  const menu = summary.getByRole("button", { name: /^Gör om, / }).first();
  await menu.click();
  await page.getByRole("menuitem", { name: "Enklare språk med språkmodellen" }).click();
  await summary.getByText(reworded).waitFor();
  await summary.getByText("Språkmodellen skriver.", { exact: false }).waitFor({ state: "detached" });
  assert.ok(heard.some((asked) => asked.includes("skriv om det som står") && asked.includes(invented)));
  const [latest] = (await callApp(page, "summaries.list", id)).toSorted((a, b) => b.version - a.version);
  const changed = latest?.summary.sections.flatMap((section) => section.items).filter(({ text }) => text === reworded);
  assert.deepEqual(
    changed?.map(({ support }) => support),
    ["unsupported"],
    "what it made of it is checked too",
  );
  await summary.getByRole("button", { name: "Ångra" }).click();
  await summary.getByText(reworded).waitFor({ state: "detached" });

  // In another language, marked with what the check found, and said to be unread.
  await summary.getByRole("button", { name: "Andra språk" }).click();
  const dialog = page.getByRole("dialog", { name: "Andra språk" });
  await dialog.getByRole("button", { name: /Språk/u }).click();
  await page.getByRole("option", { name: "Arabiska" }).click();
  await dialog.getByRole("button", { name: "Skriv med språkmodellen" }).click();
  await dialog.getByText("Får inte lämnas ut oläst av någon som kan språket.", { exact: false }).waitFor();
  const translated = dialog.locator("[lang=ar][dir=rtl]");
  assert.ok((await translated.count()) > 1);
  await dialog.getByText("Meningen saknar stöd i samtalet. Namnet Visby saknas.", { exact: false }).first().waitFor();
  assert.equal(await dialog.getByText("Sammanfattningen har ändrats", { exact: false }).count(), 0);
  await dialog.getByRole("button", { name: "Kopiera texten" }).click();
  await page.getByText("Kopierat", { exact: false }).first().waitFor();
  assert.match(await started.clipboard(), /Får inte lämnas ut oläst av någon som kan språket\.[\s\S]*قارب/u);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  // Stopped at once, and what stood there stands.
  hangs = true;
  await menu.click();
  await page.getByRole("menuitem", { name: "Nytt utkast av språkmodellen" }).click();
  await summary.getByRole("button", { name: "Avbryt språkmodellen" }).click();
  await summary.getByRole("button", { name: "Avbryt språkmodellen" }).waitFor({ state: "detached" });
  assert.ok((await summary.getByText(invented).count()) > 0);

  // Asked a question: an answer that leads to where it was said and is checked, or none.
  hangs = false;
  await page.evaluate(() => (window.location.hash = "#/"));
  await page.getByRole("link", { name: "Fråga dina samtal" }).click();
  await page.getByRole("textbox", { name: "Din fråga" }).fill("Vad sades om hyran?");
  const askThem = page.getByRole("button", { name: "Fråga", exact: true });
  assert.equal(await askThem.isDisabled(), true);
  await page.locator(".meeting-choice").first().click();
  await askThem.click();
  const answer = page.getByRole("region", { name: "Vad sades om hyran?" });
  await answer.getByText(invented).waitFor();
  await answer.getByText("Saknar stöd", { exact: false }).waitFor();
  assert.match((await answer.getByRole("link").first().getAttribute("href")) ?? "", /^#\/meeting\/.+\/s1$/u);
  await page.getByRole("textbox", { name: "Din fråga" }).fill("Har klienten en segelbåt?");
  await askThem.click();
  await page.getByText("Det framgår inte av de samtal du har valt.").first().waitFor();
  assert.deepEqual(complaints, []);
});
