import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { LyssnaError } from "../../electron/errors.ts";
import { byteRange } from "../../electron/shell/byte-range.ts";
import { createServe } from "../../electron/shell/serve.ts";

const soundBytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
let dir = "";
let serve: ReturnType<typeof createServe>;
let finished = 0;

const soundStore = {
  async sizeBytes(id: string) {
    if (id !== "m1") throw new LyssnaError("not-found");
    return soundBytes.length;
  },
  async *read(_id: string, start = 0, end = soundBytes.length) {
    try {
      for (let at = start; at < end; at += 100) yield soundBytes.subarray(at, Math.min(at + 100, end));
    } finally {
      finished += 1;
    }
  },
};

const ask = (path: string, init?: RequestInit) => serve(new Request(`lyssna://app${path}`, init));
const rangeOf = (value: string) => ask("/sound/m1", { headers: { range: value } });

before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-serve-"));
  const rendererDir = join(dir, "renderer");
  await mkdir(join(rendererDir, "assets"), { recursive: true });
  await writeFile(join(rendererDir, "index.html"), '<meta property="csp-nonce" nonce="__NONCE__">');
  await writeFile(join(rendererDir, "assets", "app.js"), "1");
  await writeFile(join(rendererDir, "notes.md"), "not of the build");
  await writeFile(join(dir, "secret.js"), "outside");
  await symlink(join(dir, "secret.js"), join(rendererDir, "link.js"));
  serve = createServe({ rendererDir, sound: async () => soundStore });
});
after(() => rm(dir, { recursive: true, force: true }));

describe("serve", () => {
  test("the page carries a policy with its own nonce, new for every answer", async () => {
    const pages = await Promise.all([ask("/"), ask("/index.html")]);
    const nonces = await Promise.all(
      pages.map(async (page) => {
        assert.equal(page.status, 200);
        assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
        const nonce = /nonce="([^"]+)"/u.exec(await page.text())?.[1] ?? "";
        assert.ok(Buffer.from(nonce, "base64").length >= 16);
        assert.ok(page.headers.get("content-security-policy")?.includes(`'nonce-${nonce}'`));
        return nonce;
      }),
    );
    assert.notEqual(nonces[0], nonces[1]);
  });

  test("the policy opens nothing beyond what is served beside the page", async () => {
    const policy = (await ask("/")).headers.get("content-security-policy") ?? "";
    const directives = new Map(policy.split("; ").map((part) => [part.split(" ")[0] ?? "", part.split(" ").slice(1)]));
    assert.deepEqual(directives.get("default-src"), ["'none'"]);
    assert.deepEqual(directives.get("connect-src"), ["'none'"]);
    assert.deepEqual(directives.get("script-src"), ["'self'"]);
    assert.deepEqual(directives.get("require-trusted-types-for"), ["'script'"]);
    for (const sources of directives.values()) {
      for (const source of sources) assert.match(source, /^'(?:none|self|script|nonce-[\w+/=]+)'$/u);
    }
  });

  test("every answer carries the headers, also a refusal", async () => {
    for (const answer of [await ask("/assets/app.js"), await ask("/missing.js"), await rangeOf("bytes=0-1")]) {
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'/u);
      await answer.body?.cancel();
    }
  });

  test("files of the build are served with their type, other files not", async () => {
    const script = await ask("/assets/app.js");
    assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
    assert.equal(await script.text(), "1");
    assert.equal((await ask("/notes.md")).status, 404);
    assert.equal((await ask("/assets")).status, 404);
  });

  test("no path leads out of the folder", async () => {
    const paths = [
      "/../secret.js",
      "/%2e%2e/secret.js",
      "/assets/..%2f..%2fsecret.js",
      "/..%5csecret.js",
      "/%00/../secret.js",
      "//etc/passwd.js",
      "/link.js",
      "/%",
      `/${encodeURIComponent(join(dir, "secret.js"))}`,
    ];
    for (const path of paths) assert.equal((await ask(path)).status, 404, path);
    assert.equal((await serve(new Request("lyssna://other/index.html"))).status, 404);
    assert.equal((await serve(new Request("https://app/index.html"))).status, 404);
  });

  test("whatever the address, only what lies in the folder comes back", async () => {
    const part = fc.constantFrom(
      "..",
      ".",
      "%2e%2e",
      "%2f",
      "%5c",
      "assets",
      "app.js",
      "secret.js",
      "link.js",
      "index.html",
      "",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const answer = await ask(`/${parts.join("/")}`);
        if (answer.status === 200) assert.doesNotMatch(await answer.text(), /outside/u);
        else assert.equal(answer.status, 404);
      }),
      { numRuns: 200 },
    );
  });

  test("only reading is answered", async () => {
    assert.equal((await ask("/", { method: "POST" })).status, 405);
    const head = await ask("/assets/app.js", { method: "HEAD" });
    assert.equal(head.status, 200);
    assert.equal(await head.text(), "");
  });
});

describe("sound", () => {
  test("whole, and in ranges from the start, the middle and the end", async () => {
    const whole = await ask("/sound/m1");
    assert.equal(whole.status, 200);
    assert.equal(whole.headers.get("accept-ranges"), "bytes");
    assert.deepEqual(new Uint8Array(await whole.arrayBuffer()), soundBytes);
    for (const [header, start, end] of [
      ["bytes=0-", 0, 1000],
      ["bytes=150-349", 150, 350],
      ["bytes=-10", 990, 1000],
      ["bytes=990-5000", 990, 1000],
    ] as const) {
      const part = await rangeOf(header);
      assert.equal(part.status, 206);
      assert.equal(part.headers.get("content-range"), `bytes ${start}-${end - 1}/1000`);
      assert.equal(part.headers.get("content-length"), String(end - start));
      assert.deepEqual(new Uint8Array(await part.arrayBuffer()), soundBytes.slice(start, end));
    }
  });

  test("a range behind the end is 416, an unknown meeting 404", async () => {
    const behind = await rangeOf("bytes=1000-");
    assert.equal(behind.status, 416);
    assert.equal(behind.headers.get("content-range"), "bytes */1000");
    assert.equal((await ask("/sound/other")).status, 404);
    assert.equal((await ask("/sound/..%2fm1")).status, 404);
  });

  test("a player that lets go ends the reading", async () => {
    const ended = finished;
    const reader = (await ask("/sound/m1")).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    assert.equal(finished, ended + 1);
  });

  test("any range that is answered lies within the sound", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1 }), (first, last, size) => {
        const range = byteRange(`bytes=${first}-${last}`, size);
        if (range === null) return last < first;
        if (range === "unsatisfiable") return first >= size;
        return range.start === first && range.end === Math.min(last + 1, size) && range.start < range.end;
      }),
    );
    for (const odd of [null, "", "bytes=", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,4-5", "bytes=5-2"]) {
      assert.equal(byteRange(odd, 10), null);
    }
  });
});
