// One window of main as a page of Chromium: its preload, requests, navigations, calls and messages. Runs in the host.
import { readFileSync } from "node:fs";
import type { BrowserContext, Frame, Page, Route } from "playwright-core";
import { fromShown, type MainRequest, type RequestOutcome, toShown, type WindowShape } from "./messages.ts";
import { bindingName, filesName, pack, type PageMessage, pageSide, type SentMessage } from "./page-side.ts";

export interface PageOptions {
  readonly window: number;
  readonly shape: WindowShape;
  readonly preloadPath: string;
  readonly context: BrowserContext;
  readonly askMain: (request: MainRequest) => Promise<unknown>;
}

export interface WindowPage {
  readonly page: Page;
  /** Resolves to what went wrong, or null. */
  load(url: string): Promise<string | null>;
  reload(): Promise<void>;
  send(message: SentMessage): void;
  setTheme(source: "system" | "light" | "dark"): Promise<void>;
}

const appOrigin = toShown("lyssna://app");

/** Electron's names for what Chromium's permissions are called. */
const permissionNames = [
  ["media", "microphone", "audio"],
  ["media", "camera", "video"],
  ["notifications", "notifications", ""],
  ["geolocation", "geolocation", ""],
  ["clipboard-read", "clipboard-read", ""],
  ["clipboard-sanitized-write", "clipboard-write", ""],
] as const;

export async function openPage({ window, shape, preloadPath, context, askMain }: PageOptions): Promise<WindowPage> {
  const page = await context.newPage();
  const fixedSize = page.viewportSize() !== null;
  if (fixedSize) await page.setViewportSize(shape);
  const expected = new Set<string>();
  const withoutHash = (url: string) => url.replace(/#.*$/su, "");

  await grantPermissions();
  const mailbox = createMailbox();
  await page.exposeBinding(bindingName, async (source, message: PageMessage) =>
    pack(await answerPage(source.frame, message)),
  );
  const preload = readFileSync(preloadPath, "utf8");
  const started = [appOrigin, bindingName, filesName].map((value) => JSON.stringify(value)).join(", ");
  await page.addInitScript(`(${pageSide.toString()})(${started}, (require, module, exports) => {\n${preload}\n});`);
  await page.route("**/*", (route) => answerRequest(route).catch(() => {}));
  page.on("popup", (popup) => void decidePopup(popup).catch(() => {}));
  page.on("download", (download) => {
    void askMain({ type: "download", window }).then(() => download.cancel());
  });

  async function grantPermissions(): Promise<void> {
    const granted: string[] = [];
    for (const [permission, name, media] of permissionNames) {
      const asked = { type: "permission", window, permission, media, url: fromShown(`${appOrigin}/`) } as const;
      if ((await askMain(asked)) === true) granted.push(name);
    }
    // Also with none: Chromium then refuses the others without asking.
    await context.grantPermissions(granted, { origin: appOrigin });
  }

  async function answerPage(frame: Frame, message: PageMessage): Promise<unknown> {
    switch (message.type) {
      case "invoke": {
        const { channel, args } = message;
        const from = { url: fromShown(frame.url()), isMain: frame === page.mainFrame() };
        return askMain({ type: "invoke", window, frame: from, channel, args });
      }
      case "next":
        return mailbox.next(message.document);
      case "paths":
        return filePaths(page, message.count);
    }
  }

  async function answerRequest(route: Route): Promise<void> {
    const request = route.request();
    const url = fromShown(request.url());
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame() === page.mainFrame();
      if (!isMainFrame || !expected.delete(withoutHash(url))) {
        const verdict = await askMain({ type: "navigate", window, url, isMainFrame });
        // This code leaves the page as it is.
        if (verdict === "prevented") return route.abort("aborted");
      }
    }
    const asked = { type: "request", window, url, method: request.method(), headers: request.headers() } as const;
    const outcome = (await askMain(asked)) as RequestOutcome;
    if (outcome.kind === "cancelled") return route.abort("blockedbyclient");
    if (outcome.kind === "pass") return route.continue();
    const { status, headers, body } = outcome;
    return route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) });
  }

  async function decidePopup(popup: Page): Promise<void> {
    const verdict = await askMain({ type: "window-open", window, url: fromShown(popup.url()) });
    if (verdict === "deny") await popup.close();
  }

  return {
    page,
    async load(url) {
      const isSamePage = withoutHash(url) === withoutHash(fromShown(page.url()));
      if (!isSamePage) expected.add(withoutHash(url));
      try {
        await page.goto(toShown(url), { waitUntil: "load" });
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    async reload() {
      expected.add(withoutHash(fromShown(page.url())));
      await page.reload();
    },
    send: (message) => mailbox.put(message),
    async setTheme(source) {
      await page.emulateMedia({ colorScheme: source === "system" ? (fixedSize ? "light" : null) : source });
    },
  };
}

/** What main sends, until the page fetches it. A document that was replaced no longer gets anything. */
function createMailbox() {
  let waiting: { readonly document: string; readonly resolve: (sent: readonly SentMessage[]) => void } | null = null;
  let unread: SentMessage[] = [];
  const deliver = () => {
    if (waiting === null || unread.length === 0) return;
    waiting.resolve(unread);
    waiting = null;
    unread = [];
  };
  return {
    put(message: SentMessage): void {
      unread.push(message);
      deliver();
    },
    next(document: string): Promise<readonly SentMessage[]> {
      return new Promise((resolve) => {
        waiting = { document, resolve };
        deliver();
      });
    },
  };
}

/** Chromium's debugger knows what a page may not: where a file lies. */
export async function filePaths(page: Page, count: number): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const paths: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { result } = await session.send("Runtime.evaluate", { expression: `${filesName}[${index}]` });
    const info =
      result.objectId === undefined ? null : await session.send("DOM.getFileInfo", { objectId: result.objectId });
    paths.push(info?.path ?? "");
  }
  await session.detach();
  return paths;
}
