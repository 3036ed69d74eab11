// A server on this machine as a language model: which addresses are taken for this machine, what a hostile or broken server
// can do, and that nothing is sent anywhere else.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import fc from "fast-check";
import { defaultSettings, settingsSchema } from "../../electron/contract.ts";
import type { TextRequest } from "../../electron/inference/language-protocol.ts";
import { listServerModels, openServer } from "../../electron/inference/server-client.ts";
import { isElsewhere, isHere, isUnder, loopbackServer } from "../../electron/loopback.ts";
import { goesByProxy, openHere } from "../../electron/network.ts";
import { fetchHereBy } from "../../electron/shell/fetch-here.ts";
import { here, hostile } from "../fixtures/addresses.ts";
import { startLanguageServer } from "../language-server.ts";
import { file, lyssna, says } from "./cli-runner.ts";
import { homeVisit } from "./talks.ts";
import { noPolicy } from "../../electron/policy/state.ts";

const never = (() => {
  throw new Error("nothing may be sent");
}) as unknown as typeof fetch;
const { signal } = new AbortController();
const request: TextRequest = {
  system: "Regler.",
  shared: 's1 klient: "Hyran är 4 500 kronor."',
  task: "Skriv.",
  schema: { type: "object", properties: { items: { type: "array", maxItems: 1, items: { enum: ["s1"] } } } },
  maxTokens: 100,
};
const reach = (address: string, more: { readonly model?: string; readonly limits?: object } = {}) =>
  ({ ask: openHere(fetch), address, model: "", ...more }) as const;

describe("the address of a server on this machine", () => {
  test("is taken in every plain spelling, and a name is pinned to figures", () => {
    for (const [written, asked] of here) assert.equal(loopbackServer(written), asked, written);
  });

  for (const address of hostile)
    test(`is not ${JSON.stringify(address)}: nothing is sent, nothing is kept`, async () => {
      assert.equal(loopbackServer(address), null);
      await assert.rejects(listServerModels({ ask: openHere(never), address, model: "" }, signal), {
        code: "server-not-local",
      });
      const languageServer = { on: true, address, model: "" };
      assert.equal(settingsSchema.safeParse({ ...defaultSettings, languageServer }).success, address === "");
    });

  test("whatever is written, what is asked is this machine", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "http://",
        "https://",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "@",
        ":",
        "/",
        "\\",
        ".",
        "#",
        "?",
        "%2e",
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const asked = loopbackServer(parts.join(""));
        if (asked === null) return;
        const { hostname, username } = new URL(`${asked}/v1/models`);
        assert.match(hostname, /^(?:127\.\d+\.\d+\.\d+|\[::1\])$/u);
        assert.equal(username, "");
        assert.ok(isHere(asked) && isUnder(asked, `${asked}/v1/models`));
      }),
      { numRuns: 2000 },
    );
  });

  test("is held to by the host too, whoever asks", async () => {
    let listener: ((details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void) | undefined;
    let proxy: unknown;
    const session = {
      webRequest: { onBeforeRequest: (added: typeof listener) => void (listener = added) },
      setProxy: async (config: unknown) => void (proxy = config),
      fetch: async () => new Response("{}"),
    };
    fetchHereBy(session as unknown as Parameters<typeof fetchHereBy>[0]);
    const isCancelled = (url: string) => {
      let cancelled: boolean | undefined;
      listener?.({ url }, ({ cancel }) => (cancelled = cancel));
      return cancelled;
    };
    assert.deepEqual(proxy, { mode: "direct" });
    assert.equal(isCancelled("http://127.0.0.1:11434/v1/models"), false);
    for (const url of [
      "http://example.org/",
      "http://localhost:1/",
      "http://127.0.0.1@example.org/",
      "http://10.0.0.1/",
    ])
      assert.equal(isCancelled(url), true, url);
  });

  test("is not asked by a proxy", () => {
    assert.equal(goesByProxy({}, []), false);
    assert.equal(goesByProxy({ NODE_USE_ENV_PROXY: "1" }, []), true);
    assert.equal(goesByProxy({ NODE_OPTIONS: "--use-env-proxy" }, []), true);
    assert.equal(goesByProxy({}, ["--use-env-proxy"]), true);
  });
});

describe("a server on this machine", () => {
  test("answers with its models and by the schema that it is given", async () => {
    await using server = await startLanguageServer({ models: ["a:1b", "b:4b"], answer: () => ({ items: ["s1"] }) });
    assert.deepEqual(await listServerModels(reach(server.address), signal), ["a:1b", "b:4b"]);
    const model = await openServer(reach(`localhost:${String(server.port)}/v1`, { model: "b:4b" }), signal);
    assert.deepEqual(await model.answer(request, { signal }), { text: '{"items":["s1"]}', isWhole: true });
    const [chat] = server.chats;
    assert.equal(chat?.model, "b:4b");
    assert.deepEqual(chat?.response_format?.json_schema?.schema, {
      type: "object",
      properties: { items: { type: "array", maxItems: 1, items: { type: "string", enum: ["s1"] } } },
      required: ["items"],
      additionalProperties: false,
    });
  });

  test("that knows no schema is asked without one, and what surrounds its answer is taken away", async () => {
    await using server = await startLanguageServer({
      knowsNoSchema: true,
      answer: () => '<think>Hm {"items":[]}</think>\n```json\n{"items":["s1"]}\n```',
    });
    const model = await openServer(reach(server.address), signal);
    for (const _ of [1, 2])
      assert.deepEqual(await model.answer(request, { signal }), { text: '{"items":["s1"]}', isWhole: true });
    assert.equal(server.paths.filter((path) => path === "/v1/chat/completions").length, 3);
  });

  test("that sends the request on is refused, and the other place hears nothing", async () => {
    const heard: string[] = [];
    const other = createServer((asked, response) => {
      heard.push(asked.url ?? "");
      response.end("{}");
    });
    await new Promise<void>((done) => {
      other.listen(0, "127.0.0.1", done);
    });
    const elsewhere = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`;
    for (const status of [301, 302, 303, 307, 308]) {
      await using server = await startLanguageServer({
        instead(asked, response) {
          if (asked.url !== "/v1/chat/completions" && status !== 308) return false;
          response.writeHead(status, { location: elsewhere }).end();
          return true;
        },
      });
      const asked = async () => (await openServer(reach(server.address), signal)).answer(request, { signal });
      await assert.rejects(asked, { code: "server-not-local" }, String(status));
    }
    assert.deepEqual(heard, []);
    other.close();
  });

  test("that is not there, says no, talks nonsense, is slow or never ends is told of in one sentence", async () => {
    await assert.rejects(listServerModels(reach("http://127.0.0.1:9"), signal), { code: "server-unreachable" });
    const cases = [
      [
        "server-refused",
        (_: unknown, response: { writeHead(n: number): { end(t?: string): void } }) => response.writeHead(500).end(),
      ],
      ["server-answer-odd", (_: unknown, response: { end(t: string): void }) => response.end("<html>")],
      ["server-answer-odd", (_: unknown, response: { end(t: string): void }) => response.end('{"data":[{"id":7}]}')],
      ["server-answer-odd", (_: unknown, response: { end(t: string): void }) => response.end(" ".repeat(300_000))],
      ["server-too-slow", () => {}],
    ] as const;
    for (const [code, answer] of cases) {
      await using server = await startLanguageServer({
        instead: (asked, response) => (answer(asked, response), true),
      });
      const limits = { listMs: 300, mostBytes: 200_000 };
      await assert.rejects(listServerModels(reach(server.address, { limits }), signal), { code }, code);
    }
  });

  test("is let go of at once when the person cancels", async () => {
    let closed = false;
    await using server = await startLanguageServer({
      instead(asked, response) {
        if (asked.url !== "/v1/chat/completions") return false;
        response.on("close", () => (closed = true));
        return true;
      },
    });
    const model = await openServer(reach(server.address), signal);
    const stop = new AbortController();
    const answering = model.answer(request, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(answering, { code: "cancelled" });
    await new Promise((done) => {
      setTimeout(done, 50);
    });
    assert.equal(closed, true);
  });

  test("is not asked for a model that runs elsewhere, nor for more than it can read", async () => {
    await using server = await startLanguageServer({
      models: ["gpt-oss:120b-cloud", "qwen3:cloud"],
      contextTokens: 300,
    });
    for (const name of ["gpt-oss:120b-cloud", "qwen3:cloud", "Qwen3:CLOUD"]) assert.equal(isElsewhere(name), true);
    assert.equal(isElsewhere("cloudy:1b"), false);
    assert.deepEqual(await listServerModels(reach(server.address), signal), []);
    await assert.rejects(openServer(reach(server.address), signal), { code: "server-no-model" });
    await assert.rejects(openServer(reach(server.address, { model: "qwen3:cloud" }), signal), {
      code: "server-elsewhere",
    });
    await using small = await startLanguageServer({ contextTokens: 300 });
    const model = await openServer(reach(small.address), signal);
    assert.equal(model.contextTokens, 300);
    await assert.rejects(model.answer({ ...request, shared: "ord ".repeat(200) }, { signal }), {
      code: "prompt-too-long",
    });
    assert.equal(small.chats.length, 0);
  });
});

describe("lyssna summarise --engine ADDRESS", () => {
  const args = async (engine: string) => [
    "summarise",
    await file("besok.json", JSON.stringify(homeVisit)),
    "--template",
    "minnesanteckningar",
    "--engine",
    engine,
    "--format",
    "json",
  ];

  test("summarises by the server, and says by which model", async () => {
    await using server = await startLanguageServer({
      answer: ({ messages }) =>
        /\ns6 /u.test(messages[1]?.content ?? "")
          ? { items: [{ segments: ["s6"], text: "Klienten har betalat februari men inte mars." }] }
          : { items: [] },
    });
    const { code, out, err } = await lyssna.under({ fetchHere: fetch }, ...(await args(`${server.address}#prov:1b`)));
    assert.equal(code, 0, err);
    const summary = JSON.parse(out) as { engine: object };
    assert.deepEqual(summary.engine, { id: "server", version: "prov:1b" });
    assert.match(out, /betalat februari men inte mars/u);
  });

  test("is refused anywhere else, by a proxy, and where the organisation has switched it off", async () => {
    await using server = await startLanguageServer();
    const own = { fetchHere: fetch };
    says(await lyssna.under(own, ...(await args("http://192.168.1.4:11434"))), 1, /går inte till den här datorn/u);
    const env = { NODE_USE_ENV_PROXY: "1" };
    says(await lyssna.under({ ...own, env }, ...(await args(server.address))), 1, /går inte till den här datorn/u);
    const policy = async () => ({
      ...noPolicy,
      state: { ...noPolicy.state, organisation: "Exempelkommunen" },
      values: { languageServer: { on: false, address: "", model: "" } },
    });
    says(await lyssna.under({ ...own, policy }, ...(await args(server.address))), 1, /Exempelkommunen/u);
    assert.deepEqual(server.paths, []);
  });
});
