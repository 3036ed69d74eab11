// The organisation's policy file: what it decides, what makes it unusable, and what holds then.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { allowedChoice, changesFixed, changesHidden, fixedBy, withinPolicy } from "../../electron/calls/policies.ts";
import { defaultSettings, exportFormats } from "../../electron/contract.ts";
import { errorSentence } from "../../electron/errors.ts";
import { loadPolicy, policyPath } from "../../electron/policy/read-policy.ts";
import { policyJsonSchema, policySchema } from "../../electron/policy/schema.ts";
import { isAllowed, mayReach, noPolicy } from "../../electron/policy/state.ts";
import { noRetention } from "../../electron/retention-rules.ts";
import { dir, file, lyssna, says } from "./cli-runner.ts";

const least = { lyssna: "policy/1", organisation: "Exempelkommunen" };
const full = {
  ...least,
  reason: "Fråga it@exempelkommunen.se.",
  settings: { afterRecording: "night", offerOriginals: true },
  hide: ["computeOn"],
  hidePages: ["glossary", "log"],
  retention: noRetention,
  templates: { allowed: ["minnesanteckningar"], own: false },
  models: { allowed: ["kb-whisper-small"], download: true, import: false },
  export: { formats: ["docx"], copy: false },
  package: { make: false },
  consent: { text: "Det här spelas in.", required: true },
  updates: "off",
  log: { keepDays: 730 },
  lock: { idleMinutes: 10, passphraseRequired: true, plainKeychainAllowed: false, hideFromCapture: true },
  network: { hosts: ["huggingface.co"] },
};
let count = 0;
const load = async (content: unknown) => {
  count += 1;
  return loadPolicy(
    await file(`policy-${count}.json`, typeof content === "string" ? content : JSON.stringify(content)),
    "any",
  );
};

describe("a policy file", () => {
  test("decides what it names, and leaves the rest to the person", async () => {
    const { state, values, mayDelete } = await load(full);
    assert.equal(state.broken, null);
    assert.deepEqual(values, {
      afterRecording: "night",
      offerOriginals: true,
      retention: noRetention,
      consentText: "Det här spelas in.",
    });
    assert.deepEqual([state.exportFormats, state.copy, state.ownTemplates], [["docx"], false, false]);
    assert.deepEqual([state.lock.idleMinutes, state.lock.passphraseRequired, mayDelete], [10, true, true]);
    assert.deepEqual([state.hidden, state.hiddenPages], [["computeOn"], ["glossary", "log"]]);
    assert.deepEqual([state.makePackage, state.takeInPackage], [false, true]);
    const open = await load(least);
    assert.deepEqual(open.values, {});
    assert.deepEqual([open.state.hiddenPages, open.state.makePackage], [[], true]);
    assert.deepEqual(open.state.exportFormats, exportFormats);
  });

  test("that hides the server for language models switches it off, unless it switches one on itself", async () => {
    const languageServer = { on: true, address: "http://127.0.0.1:11434", model: "gemma3:4b" };
    const hidden = { ...least, hide: ["languageServer"] };
    assert.equal((await load(hidden)).values.languageServer?.on, false);
    assert.deepEqual((await load({ ...hidden, settings: { languageServer } })).values.languageServer, languageServer);
    const elsewhere = { ...languageServer, address: "http://10.0.0.4:11434" };
    assert.notEqual((await load({ ...least, settings: { languageServer: elsewhere } })).state.broken, null);
  });

  test("names a package of models and who must vouch for it; a way that is not whole, or a key that is none, makes it unusable", async () => {
    const pem = (key: { export(how: { type: "spki"; format: "pem" }): string | Buffer }) =>
      key.export({ type: "spki", format: "pem" }).toString();
    const packageKey = pem(generateKeyPairSync("ed25519").publicKey);
    for (const place of ["\\\\server\\lyssna\\modeller.zip", "/srv/lyssna/modeller", "C:\\modeller"]) {
      const { state } = await load({ ...least, models: { package: place, packageKey } });
      assert.deepEqual([state.modelPackage, state.modelPackageKey], [place, packageKey]);
    }
    const plain = (await load(least)).state;
    assert.deepEqual([plain.modelPackage, plain.modelPackageKey], [null, null]);
    const other = pem(generateKeyPairSync("x25519").publicKey);
    for (const models of [{ package: "modeller.zip" }, { packageKey: "nej" }, { packageKey: other }]) {
      const { state } = await load({ ...least, models });
      assert.equal(state.broken?.details["field"], `models.${Object.keys(models)[0] ?? ""}`);
      assert.deepEqual([state.modelPackage, state.modelPackageKey], [null, null]);
    }
  });

  test("that is not there decides nothing", async () => {
    assert.equal(await loadPolicy(join(dir, "none", "policy.json")), noPolicy);
  });

  const faults: readonly (readonly [string, unknown, RegExp])[] = [
    ["is not JSON", "{ nej", /inte giltig JSON/u],
    ["is empty", "", /går inte att läsa/u],
    ["says nothing of what it is", { organisation: "x" }, /märkningen ”policy\/1”/u],
    ["is of a later kind", { ...least, lyssna: "policy/2" }, /nyare version/u],
    ["has a key that nobody knows", { ...least, exprot: {} }, /fältet exprot är okänt/u],
    ["has one deeper down", { ...least, lock: { idleMinuts: 5 } }, /fältet lock\.idleMinuts är okänt/u],
    ["has a value that cannot be", { ...least, lock: { idleMinutes: 0 } }, /lock\.idleMinutes saknas eller har fel/u],
    [
      "fixes what is the person's own",
      { ...least, settings: { reviewerName: "Eva" } },
      /settings\.reviewerName är okänt/u,
    ],
    ["has half a rule", { ...least, retention: { standard: {} } }, /retention\.standard/u],
  ];
  for (const [name, content, words] of faults) {
    test(`that ${name} is refused whole, with a sentence`, async () => {
      const { state, mayDelete } = await load(content);
      assert.ok(state.broken !== null);
      assert.match(errorSentence(state.broken, "sv"), words);
      assert.equal(mayDelete, false);
    });
  }

  test("that cannot be used shuts every way out, takes nothing away and changes nothing but looks", async () => {
    const policy = await load("{");
    const { state } = policy;
    assert.deepEqual([state.exportFormats, state.copy, state.networkHosts], [[], false, []]);
    assert.deepEqual([state.modelDownload, state.modelImport, state.ownTemplates], [false, false, false]);
    assert.deepEqual([state.consentRequired, state.lock.plainKeychainAllowed, policy.mayDelete], [true, false, false]);
    assert.deepEqual([state.makePackage, state.takeInPackage], [false, true], "what comes in lets nothing out");
    assert.equal(mayReach(state, "https://huggingface.co/x"), false);
    const kept = { ...defaultSettings, templateId: "sip", watchedFolder: "/in" };
    const fixed = fixedBy(policy, kept);
    assert.equal(fixed.values.templateId, "sip", "what was chosen stands");
    assert.equal(fixed.values.watchedFolder, "", "nothing is taken in by itself");
    assert.equal(fixed.values.languageServer?.on, false, "nothing is sent to another program");
    assert.ok(changesFixed({ templateId: "x" }, fixed));
    assert.ok(changesFixed({ retention: { ...noRetention, warnDays: 1 } }, fixed));
    assert.ok(!changesFixed({ theme: "dark", playbackRate: 2, interfaceLanguage: "en" }, fixed));
    await assert.rejects(
      withinPolicy(
        () => assert.fail("reached"),
        () => state,
      )("https://huggingface.co/x"),
      {
        code: "policy-broken",
      },
    );
  });

  test("keeps a hidden setting as it is, and takes an allowed template for one that is not", async () => {
    const { state } = await load(full);
    assert.ok(changesHidden({ computeOn: "cpu", theme: "dark" }, state, defaultSettings));
    assert.ok(!changesHidden({ computeOn: defaultSettings.computeOn, theme: "dark" }, state, defaultSettings));
    const rule = { kind: "skola", templateId: "sip" };
    const kept = { ...defaultSettings, templateId: "journalanteckning", templateByKind: [rule] };
    assert.deepEqual(allowedChoice(kept, state), { templateId: "minnesanteckningar", templateByKind: [] });
    const allowed = { ...kept, templateId: "minnesanteckningar" };
    assert.deepEqual(allowedChoice(allowed, state), { templateByKind: [] });
    assert.deepEqual(allowedChoice(kept, noPolicy.state), {});
  });

  test("lets the network no further than its hosts and those below them", async () => {
    const { state } = await load(full);
    assert.ok(mayReach(state, "https://huggingface.co/a") && mayReach(state, "https://cdn.huggingface.co/a"));
    assert.ok(!mayReach(state, "https://hf.co/a") && !mayReach(state, "https://evilhuggingface.co/a"));
    assert.ok(!isAllowed(state.models, "kb-whisper-tiny") && isAllowed(null, "anything"));
  });

  const systemTest = process.platform === "win32" || process.getuid?.() !== 0 ? "needs root on a POSIX system" : false;
  test("counts only where nobody but the administrator can change it", { skip: systemTest }, async () => {
    const folder = join(dir, "etc");
    mkdirSync(folder, { mode: 0o755 });
    const path = join(folder, "policy.json");
    writeFileSync(path, JSON.stringify(least), { mode: 0o644 });
    const reason = async (of = path) => (await loadPolicy(of)).state.broken?.details["reason"];
    assert.equal(await reason(), undefined);
    chmodSync(path, 0o666);
    assert.equal(await reason(), "policy-writable");
    chmodSync(path, 0o664);
    assert.equal(await reason(), "policy-writable");
    chmodSync(path, 0o644);
    chownSync(path, 1000, 1000);
    assert.equal(await reason(), "policy-owner");
    chownSync(path, 0, 0);
    chmodSync(folder, 0o777);
    assert.equal(await reason(), "policy-writable");
    chmodSync(folder, 0o755);
    const link = join(folder, "link.json");
    symlinkSync(path, link);
    assert.equal(await reason(link), "policy-link");
  });

  test("lies where the system's administrators keep such files", () => {
    assert.equal(policyPath("linux", {}), "/etc/lyssna/policy.json");
    assert.equal(policyPath("darwin", {}), "/Library/Application Support/Lyssna/policy.json");
    assert.match(policyPath("win32", { ProgramData: "C:\\ProgramData" }), /ProgramData.+Lyssna.+policy\.json$/u);
  });

  test("law: whatever bytes lie there, the answer is a whole policy or the strictest one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json({ maxDepth: 2 }).map((json) => `{"lyssna":"policy/1","organisation":${json}}`),
        ),
        async (content) => {
          const { state, mayDelete } = await load(content);
          assert.equal(state.broken === null, mayDelete);
          if (state.broken !== null) assert.ok(errorSentence(state.broken, "en").length > 20);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is described by the schema in docs", () => {
    const written = JSON.parse(
      readFileSync(new URL("../../docs/policy.schema.json", import.meta.url), "utf8"),
    ) as unknown;
    assert.deepEqual(written, JSON.parse(JSON.stringify(policyJsonSchema())), "run: npm run lyssna -- policy schema");
    assert.ok(policySchema.safeParse(full).success);
  });
});

describe("lyssna policy", () => {
  test("checks a file, and says what is wrong with it", async () => {
    const good = await file("good.json", JSON.stringify({ ...least, templates: { allowed: ["egen-mall"] } }));
    const outcome = await lyssna("policy", "check", good);
    assert.deepEqual([outcome.code, outcome.out], [0, "good.json\tok\n"]);
    assert.match(outcome.err, /egen-mall/u);
    const bad = await file("bad.json", JSON.stringify({ ...least, lok: 1 }));
    says(await lyssna("policy", "check", bad, "--lang", "sv"), 1, /fältet lok är okänt/u);
  });
});

describe("the command line under a policy", () => {
  const under = (policy: object) => ({ policy: () => load({ ...least, ...policy }) });
  test("writes only the formats, and uses only the templates and models, that it allows", async () => {
    const talk = await file("samtal.txt", "Anna: Jag ringer skolan på fredag.\nBo: Bra.\n");
    const summarise = (format: string, template: string, policy: object) =>
      lyssna.under(under(policy), "summarise", talk, "--template", template, "--format", format, "--lang", "sv");
    says(
      await summarise("md", "minnesanteckningar", { export: { formats: ["docx"] } }),
      1,
      /stängt av \(Exempelkommunen\)/u,
    );
    says(await summarise("md", "minnesanteckningar", { templates: { allowed: ["sip"] } }), 1, /stängt av/u);
    assert.equal((await summarise("md", "minnesanteckningar", { export: { formats: ["md"] } })).code, 0);
    says(
      await lyssna.under(
        under({ models: { download: false } }),
        "models",
        "install",
        "kb-whisper-tiny",
        "--lang",
        "sv",
      ),
      1,
      /stängt av/u,
    );
    says(
      await lyssna.under(under({ network: { hosts: [] } }), "models", "install", "kb-whisper-tiny", "--lang", "sv"),
      1,
      /stängt av/u,
    );
    says(
      await lyssna.under(under({ nonsense: 1 }), "summarise", talk, "--template", "minnesanteckningar", "--lang", "sv"),
      1,
      /policyfil/u,
    );
  });
});
