// lyssna models: installed from a server that answers as the hub does, packed, signed, carried, checked, updated, removed.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { entryOf, filesOf, loadCatalog } from "../../electron/models/catalog.ts";
import { noPolicy, type PolicyInForce } from "../../electron/policy/state.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { fileOf, type HubServer, startHub } from "../hub/hub-server.ts";
import { dir, env, file, lyssna, says } from "./cli-runner.ts";

const id = "kb-whisper-tiny";
let hub: HubServer;
let source = "";
/** The hooks of two files run side by side: what the runner makes is asked for when a test needs it. */
const online = () => ({ fetch, env: { ...env, LYSSNA_HUB: hub.url } });

before(async () => {
  source = await mkdtemp(join(tmpdir(), "lyssna-cli-models-"));
  await makeDemonstrationModel(source);
  const entry = { ...entryOf(await loadCatalog(), id), dtype: { encoder: "fp32", decoder: "fp32" } } as const;
  const files = filesOf(entry).map(
    async (path) => [path, fileOf(await readFile(join(source, path)), path.endsWith(".onnx"))] as const,
  );
  hub = await startHub({ [entry.hub]: new Map(await Promise.all(files)) });
});
after(async () => {
  await hub.close();
  await rm(source, { recursive: true });
});

const under = (state: Partial<PolicyInForce["state"]>) => ({
  policy: async () => ({ ...noPolicy, state: { ...noPolicy.state, organisation: "Exempelkommun", ...state } }),
});
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe("models in the command line", () => {
  test("are installed going on after a cut, then checked, and updated only when there is something newer", async () => {
    hub.answer = (path) => (path.startsWith("onnx/decoder") ? { status: 503 } : null);
    const failed = await lyssna.under(online(), "models", "install", id);
    assert.equal(failed.code, 1);
    assert.match(failed.err, /Väntar på servern 90 %\n.*svarar fel \(503\)/u);
    hub.reset();
    const installed = await lyssna.under(online(), "models", "install", id);
    assert.equal(installed.code, 0, installed.err);
    assert.equal(installed.out, `${join(dir, "models", id)}\n`);
    assert.match(installed.err, /kb-whisper-tiny: Hämtar 100 %/u);
    assert.ok(!hub.requests.some(({ path }) => path.startsWith("onnx/encoder")), "what came is not fetched again");
    assert.equal((await lyssna("models", "verify")).out, `${id}\thel\n`);
    assert.match((await lyssna("models", "list")).out, /^kb-whisper-tiny\tinstallerad/mu);
    const newest = await lyssna.under(online(), "models", "update", id);
    assert.equal(newest.code, 0);
    assert.match(newest.err, /redan den senaste/u);
    says(await lyssna.under(online(), "models", "update", "kb-whisper-base"), 4, /finns inte på datorn/u);
  });

  test("are packed, signed, and taken elsewhere from folder and zip; the signature is told and demanded", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const key = await file("nyckel.pem", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    const zip = join(dir, "paket.zip");
    const packed = await lyssna("models", "pack", id, "--out", zip, "--sign", key);
    assert.equal(packed.out, `${zip}\n`, packed.err);
    const folder = join(dir, "paket");
    assert.equal((await lyssna("models", "pack", id, "--out", folder)).code, 0);
    says(await lyssna("models", "pack", id), 2, /--out saknas/u);
    says(await lyssna("models", "pack", id, "--out", folder.concat("/x.zip"), "--sign", zip), 3, /Ed25519/u);

    const elsewhere = { env: { ...env, LYSSNA_MODELS: join(dir, "elsewhere") } };
    const modelPackageKey = publicKey.export({ type: "spki", format: "pem" }).toString();
    const demanded = { ...elsewhere, ...under({ modelPackageKey }) };
    says(await lyssna.under(demanded, "models", "import", folder), 3, /inte signerat/u);
    says(await lyssna.under(demanded, "models", "import", source), 3, /inte signerat/u);
    assert.equal(await isThere(join(dir, "elsewhere")), false);
    const taken = await lyssna.under(demanded, "models", "import", zip);
    assert.equal(taken.out, `${join(dir, "elsewhere", id)}\n`);
    assert.match(taken.err, /signerat med nyckeln (?:[0-9A-F]{4} ?){4}/u);
    assert.equal((await lyssna.under(elsewhere, "models", "verify", id)).code, 0);
    says(
      await lyssna.under({ ...elsewhere, ...under({ modelImport: false }) }, "models", "import", zip),
      1,
      /stängt av/u,
    );
  });

  test("are removed, and what is no package is refused", async () => {
    says(await lyssna("models", "import", await file("brev.zip", "Hej")), 3, /inget modellpaket/u);
    says(await lyssna("models", "import", join(dir, "saknas")), 4, /finns inte/u);
    assert.equal((await lyssna("models", "remove", id)).code, 0);
    assert.equal(await isThere(join(dir, "models", id)), false);
    await rm(join(dir, "elsewhere"), { recursive: true });
  });
});
