// What the window must not be able to do, tried from inside its page.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { answerOf } from "./drive.ts";
import { launchApp, type LaunchedApp, skipStandIn, skipWindow } from "./launch-app.ts";

let outside: Server;
let address = "";
const reached: string[] = [];

before(async () => {
  outside = createServer((request, response) => {
    reached.push(request.url ?? "");
    response.setHeader("access-control-allow-origin", "*");
    response.end("outside");
  });
  outside.on("upgrade", (request, socket) => {
    reached.push(request.url ?? "");
    socket.destroy();
  });
  await new Promise<void>((done) => outside.listen(0, "127.0.0.1", done));
  address = `127.0.0.1:${(outside.address() as AddressInfo).port}`;
});
after(() => new Promise((done) => outside.close(done)));

/** Every way a page has to reach out. Resolves when each has failed, or has had time to arrive. */
async function reachOut(app: LaunchedApp): Promise<void> {
  await app.page.evaluate(async (host) => {
    const http = `http://${host}`;
    const put = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) {
        try {
          element.setAttribute(name, value);
        } catch {
          // Trusted Types refuses a script's address.
        }
      }
      document.body.append(element);
    };
    const tries = [
      () => fetch(`${http}/fetch`),
      () => fetch(`${http}/no-cors`, { mode: "no-cors" }),
      () => navigator.sendBeacon(`${http}/beacon`, "x"),
      () => new WebSocket(`ws://${host}/socket`),
      () => new EventSource(`${http}/events`),
      () => new XMLHttpRequest().open("GET", `${http}/xhr`),
      () => import(`${http}/module.js`),
      () => new Worker(`${http}/worker.js` as never),
      () => put("img", { src: `${http}/image` }),
      () => put("script", { src: `${http}/script.js` }),
      () => put("link", { rel: "stylesheet", href: `${http}/style.css` }),
      () => put("link", { rel: "prefetch", href: `${http}/prefetch` }),
      () => put("link", { rel: "preconnect", href: http }),
      () => put("video", { src: `${http}/video`, autoplay: "" }),
      () => put("iframe", { src: `${http}/frame` }),
      () => put("object", { data: `${http}/object` }),
    ];
    for (const reach of tries) {
      try {
        await Promise.race([Promise.resolve(reach()), new Promise((done) => setTimeout(done, 200))]);
      } catch {
        // Refused at once: so it should be.
      }
    }
    await new Promise((done) => setTimeout(done, 500));
  }, address);
}

describe("security", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  before(async () => {
    app = await launchApp();
  });
  after(() => app.close());

  test("the page has no Node, and of us only the bridge, which it cannot change", async () => {
    const found = await app.page.evaluate(() => {
      const page = window as unknown as Record<string, unknown>;
      const bridge = page["lyssna"] as Record<string, unknown>;
      const original = bridge["call"];
      const tamper = (change: () => void) => {
        try {
          change();
        } catch {
          // Frozen.
        }
      };
      tamper(() => (bridge["call"] = () => "mine"));
      tamper(() => (page["lyssna"] = {}));
      return {
        node: ["require", "process", "module", "Buffer", "global", "electron", "ipcRenderer"].filter(
          (name) => name in page,
        ),
        bridge: Object.keys(bridge).toSorted(),
        kept: (page["lyssna"] as Record<string, unknown>)["call"] === original,
      };
    });
    assert.deepEqual(found, { node: [], bridge: ["call", "more", "on", "pathOf"], kept: true });
  });

  test("nothing outside is reached from the page", async () => {
    await reachOut(app);
    assert.deepEqual(reached, []);
  });

  test("the page stays where it is, and opens no other", async () => {
    const own = app.page.url();
    const pages = app.page.context().pages().length;
    await app.page.evaluate((host) => {
      window.open(`http://${host}/window`);
      const link = document.createElement("a");
      link.href = `http://${host}/blank`;
      link.target = "_blank";
      document.body.append(link);
      link.click();
      const form = document.createElement("form");
      form.action = `http://${host}/form`;
      document.body.append(form);
      form.submit();
      window.location.href = `http://${host}/navigated`;
    }, address);
    await app.page.waitForTimeout(1000);
    assert.equal(app.page.url(), own);
    // On a busy machine a window that is refused takes a while to be gone.
    for (let tries = 0; tries < 50 && app.page.context().pages().length > pages; tries++)
      await app.page.waitForTimeout(200);
    assert.equal(app.page.context().pages().length, pages);
    assert.deepEqual(reached, []);
    assert.equal(await app.page.evaluate(() => document.querySelector("h1") !== null), true);
  });

  test("no text becomes script or markup", async () => {
    const done = await app.page.evaluate(async () => {
      // What a debugger evaluates may evaluate further: so from a task of the page's own.
      await new Promise((next) => setTimeout(next));
      const attempt = (run: () => unknown) => {
        try {
          run();
          return "done";
        } catch (error) {
          return error instanceof Error ? error.name : "refused";
        }
      };
      const page = window as unknown as { ran?: string };
      const markup = attempt(() => {
        document.createElement("div").innerHTML = "<b>x</b>";
      });
      // oxlint-disable-next-line eslint/no-eval -- that it is refused is the test
      const evaluated = attempt(() => (0, eval)("window.ran = 'eval'"));
      // oxlint-disable-next-line typescript/no-implied-eval -- that it is refused is the test
      const made = attempt(() => new Function("window.ran = 'function'")());
      const policy = attempt(() => {
        const { trustedTypes } = window as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): unknown };
        };
        trustedTypes.createPolicy("own", { createHTML: (text: string) => text });
      });
      const inline = document.createElement("script");
      attempt(() => {
        inline.textContent = "window.ran = 'inline'";
      });
      document.body.append(inline);
      return { markup, evaluated, made, policy, ran: page.ran ?? "nothing" };
    });
    assert.deepEqual(done, {
      markup: "TypeError",
      evaluated: "EvalError",
      made: "EvalError",
      policy: "TypeError",
      ran: "nothing",
    });
  });

  test("the microphone is for our page; camera, place, notifications, screen and clipboard are refused", async () => {
    const refused = await app.page.evaluate(async () => {
      const outcome = (ask: Promise<unknown>) => ask.then(String, () => "refused");
      return Promise.all([
        outcome(
          navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => {
            for (const track of stream.getTracks()) track.stop();
            return "heard";
          }),
        ),
        outcome(navigator.mediaDevices.getUserMedia({ video: true })),
        outcome(navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
        outcome(navigator.mediaDevices.getDisplayMedia()),
        outcome(navigator.clipboard.readText()),
        outcome(
          new Promise((done, failed) => navigator.geolocation.getCurrentPosition(done, failed, { timeout: 2000 })),
        ),
        Notification.requestPermission().then((answer) => (answer === "granted" ? answer : "refused")),
      ]);
    });
    assert.deepEqual(refused, ["heard", ...Array.from({ length: 6 }, () => "refused")]);
  });

  test("a frame inside the page gets no bridge", async () => {
    const inFrame = await app.page.evaluate(() => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      return frame.contentWindow !== null && "lyssna" in frame.contentWindow;
    });
    assert.equal(inFrame, false);
  });

  test("calls with wrong names or arguments are answered with a code, never with a stack", async () => {
    for (const [name, args] of [
      ["meetings.burn", []],
      ["meetings.get", []],
      ["meetings.get", [{ id: 1 }]],
      ["import.files", ["/etc/passwd"]],
      ["export.save", ["x", "exe", "summary"]],
      ["settings.set", [{ theme: "url(http://example.org)" }]],
      ["__proto__", []],
    ] as const) {
      const answer = (await answerOf(app.page, name, args)) as { ok: boolean; error: object };
      assert.equal(answer.ok, false, name);
      assert.deepEqual(Object.keys(answer.error).toSorted(), ["code", "details"]);
      assert.match(JSON.stringify(answer.error), /"bad-call"/u);
    }
    assert.deepEqual(await answerOf(app.page, "meetings.get", ["no-such-meeting"]), {
      ok: false,
      error: { code: "not-found", details: {} },
    });
  });
});

describe("security behind the page's policy", { skip: skipStandIn }, () => {
  let app: LaunchedApp;
  before(async () => {
    app = await launchApp({ bypassCsp: true });
  });
  after(() => app.close());

  test("requests are cancelled also when the page's policy is off", async () => {
    await reachOut(app);
    // WebSockets are not seen by the stand-in; on Electron they pass the same handler, and the policy refuses them here.
    assert.deepEqual(
      reached.filter((path) => path !== "/socket"),
      [],
    );
  });

  test("no address leads out of the window's folder", async () => {
    const answers = await app.page.evaluate(async () => {
      const paths = [
        "/index.html",
        "/..%2f..%2fpackage.json",
        "/%2e%2e/electron/main.js",
        "/..%5celectron%5cmain.js",
        "/sound/..%2f..%2fx",
      ];
      return Promise.all(paths.map(async (path) => (await fetch(path)).status));
    });
    assert.deepEqual(answers, [200, 404, 404, 404, 404]);
  });

  test("every answer carries the policy and forbids guessing of types", async () => {
    const headers = await app.page.evaluate(async () => {
      const answer = await fetch("/index.html");
      return Object.fromEntries(answer.headers);
    });
    assert.match(headers["content-security-policy"] ?? "", /default-src 'none'.*require-trusted-types-for 'script'/u);
    assert.equal(headers["x-content-type-options"], "nosniff");
  });
});
