// Opens the built window by itself in Chromium, with the content security policy of the app and a scripted `window.lyssna`.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page, type Route } from "playwright-core";
import { rolldown } from "rolldown";
import { build } from "vite";
import { securityHeaders } from "../../electron/shell/headers.ts";
import type { Scene } from "../fixtures/window-api.ts";
import { findChromium } from "../stand-in/find-chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const origin = "https://lyssna.test";
const nonce = "c2NyaXB0ZWQ";
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

export const chromiumPath = findChromium();

export interface WindowLab {
  /** A page with the scene; `problems` gathers what the page and its policy complained of. */
  open(
    scene: Scene,
    options?: BrowserContextOptions & { readonly path?: string },
  ): Promise<{ readonly page: Page; readonly problems: string[] }>;
  close(): Promise<void>;
}

/** Builds the window into a temporary folder and starts Chromium. */
export async function openWindowLab(): Promise<WindowLab> {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-window-"));
  await build({
    configFile: join(root, "build", "vite.config.ts"),
    logLevel: "error",
    build: { outDir: dir, emptyOutDir: true },
  });
  const api = await bundleApi();
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath ?? "",
    args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
  });
  return {
    async open(scene, { path = "/", ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => {
        // Which features a Chromium knows differs from build to build; to deny one it lacks is no fault of the page.
        if (message.text().includes("Permissions-Policy header: Unrecognized feature")) return;
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      await page.addInitScript({
        content: `${api};window.lyssna=scripted.createScriptedApi(${JSON.stringify(scene)});`,
      });
      await page.route("**/*", async (route) => {
        const url = new URL(route.request().url());
        if (url.origin !== origin) return route.abort();
        if (url.pathname.startsWith("/sound/")) return giveSound(route);
        const file = url.pathname === "/" ? "index.html" : url.pathname.slice(1);
        const body = await readFile(join(dir, file)).catch(() => null);
        if (body === null) return route.fulfill({ status: 404, body: "" });
        const served = file === "index.html" ? Buffer.from(body.toString("utf8").replaceAll("__NONCE__", nonce)) : body;
        return route.fulfill({
          body: served,
          contentType: types[extname(file)] ?? "application/octet-stream",
          headers: securityHeaders(nonce),
        });
      });
      await page.goto(origin + path);
      await page.locator("h1").first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      return { page, problems };
    },
    async close() {
      await browser.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function bundleApi(): Promise<string> {
  const bundle = await rolldown({ input: join(root, "tests", "fixtures", "window-api.ts"), platform: "browser" });
  const { output } = await bundle.generate({ format: "iife", name: "scripted" });
  await bundle.close();
  return output[0].code;
}

/** As the app does: a part of the sound where a part is asked for, so that the player can seek. */
async function giveSound(route: Route): Promise<void> {
  const sound = quietSound(200);
  const [, from, to] = /bytes=(\d+)-(\d*)/u.exec(route.request().headers()["range"] ?? "bytes=0-") ?? [];
  const start = Number(from ?? 0);
  const end = to ? Number(to) : sound.length - 1;
  await route.fulfill({
    status: 206,
    body: sound.subarray(start, end + 1),
    contentType: "audio/wav",
    headers: { "accept-ranges": "bytes", "content-range": `bytes ${start}-${end}/${sound.length}` },
  });
}

/** Seconds of silence as an 8 kHz WAV. */
function quietSound(seconds: number): Buffer {
  const samples = 8000 * seconds;
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}
