// Model packages: made on one computer, installed on another, and only if the right one vouches for them.
import assert from "node:assert/strict";
import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import JSZip from "jszip";
import { installPackage } from "../../electron/models/install-package.ts";
import { makePackage } from "../../electron/models/make-package.ts";
import { verifyModel } from "../../electron/models/model-folder.ts";
import { packageFile, signatureFile } from "../../electron/models/package-format.ts";
import {
  any,
  damaged,
  folder,
  from,
  ids,
  ours,
  pemOf,
  place,
  quiet,
  refused,
  signal,
  spoilt,
  target,
  theirs,
  zip,
} from "./package-fixtures.ts";

describe("a package", () => {
  for (const kind of ["folder", "zip"] as const) {
    test(`as a ${kind} carries models of every kind to another computer, byte for byte`, async () => {
      const fractions: number[] = [];
      const report = (fraction: number) => fractions.push(fraction);
      const installed = await installPackage(kind === "zip" ? zip : folder, target, { ...any, report });
      assert.deepEqual(installed.ids, ids);
      assert.match(installed.signedBy ?? "", /^(?:[0-9A-F]{4} ){3}[0-9A-F]{4}$/u);
      for (const id of ids) await verifyModel(join(target, id), id, signal);
      assert.deepEqual((await readdir(target)).toSorted(), ids.toSorted());
      assert.deepEqual(
        fractions,
        fractions.toSorted((a, b) => a - b),
      );
      assert.equal(fractions.at(-1), 1);
    });
  }

  test("packed anew by a person's own tool, compressed and with its folder's name first, is the same package", async () => {
    const made = new JSZip();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      made.file(`Mina modeller/${path.slice(folder.length + 1)}`, await readFile(path));
    }
    made.file("__MACOSX/Mina modeller/._x", "skräp");
    const path = join(place, "ompackat.zip");
    await writeFile(path, await made.generateAsync({ type: "nodebuffer", compression: "DEFLATE" }));
    assert.deepEqual((await installPackage(path, target, any)).ids, ids);
  });

  test("is found on a stick that is chosen as a whole; of several one has to be chosen", async () => {
    await cp(zip, join(place, "paket.zip"));
    await writeFile(join(place, "foton.zip"), "inget zip");
    assert.deepEqual((await installPackage(place, target, any)).ids, ids);
    await rm(target, { recursive: true });
    await cp(folder, join(place, "till"), { recursive: true });
    await refused(place, { code: "model-package-several" });
  });

  test("from a share that can only be read is copied, not used in place", async () => {
    await installPackage(folder, target, any);
    await rename(folder, `${folder}-borta`);
    await verifyModel(join(target, "egen"), "egen", signal);
    await rename(`${folder}-borta`, folder);
  });

  test("gives only what is allowed, and what is missing where nobody asked just now", async () => {
    const some = { ...any, isAllowed: (id: string) => id !== "egen" };
    assert.deepEqual((await installPackage(zip, target, some)).ids, ["roster", "nonsense"]);
    assert.deepEqual((await installPackage(zip, target, { ...any, onlyMissing: true })).ids, ["egen"]);
    assert.deepEqual((await installPackage(zip, target, { ...any, onlyMissing: true })).ids, []);
  });

  test("with nothing in it that is allowed changes nothing", async () => {
    await refused(zip, { code: "package-forbidden" }, { ...any, isAllowed: () => false });
  });

  test("stopped halfway leaves nothing", async () => {
    const stop = new AbortController();
    const stopping = { ...any, signal: stop.signal, report: () => stop.abort() };
    await refused(zip, { code: "cancelled" }, stopping);
  });
});

describe("making a package", () => {
  test("goes into a folder of its own where the place is there already, and writes over nothing", async () => {
    const made = await makePackage(["nonsense"], from, place, quiet);
    assert.equal(made, join(place, "lyssna-modeller"));
    await assert.rejects(makePackage(["nonsense"], from, place, quiet), { code: "already-there" });
    await assert.rejects(makePackage(["nonsense"], from, join(from, "x"), quiet), { code: "already-there" });
  });

  test("of a model with a wrong byte stops, and leaves nothing half", async () => {
    const models = join(place, "spoilt");
    await cp(from, models, { recursive: true });
    const path = join(models, "egen", "onnx", "encoder_model.onnx");
    const bytes = await readFile(path);
    bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1;
    await writeFile(path, bytes);
    for (const out of ["ut", "ut.zip"]) {
      await assert.rejects(makePackage(["nonsense", "egen"], models, join(place, out), quiet), {
        code: "model-damaged",
      });
      assert.deepEqual(await readdir(place), ["spoilt"]);
    }
  });

  test("of what is not there, with a key that is none, or stopped, leaves nothing", async () => {
    const out = join(place, "ut.zip");
    await assert.rejects(makePackage(["saknas"], from, out, quiet), { code: "model-missing" });
    await assert.rejects(makePackage(["egen"], from, out, { ...quiet, signWith: "nej" }), {
      code: "signing-key-invalid",
    });
    const stop = new AbortController();
    const stopping = { signal: stop.signal, report: () => stop.abort() };
    await assert.rejects(makePackage(["egen"], from, out, stopping), { code: "cancelled" });
    await assert.rejects(makePackage(["egen"], from, join(place, "saknas", "ut.zip"), quiet), { code: "cannot-write" });
    assert.deepEqual(await readdir(place), []);
  });
});

describe("who vouches for a package", () => {
  const demanded = { ...any, key: pemOf(ours.publicKey) };

  test("is checked where the organisation demands it", async () => {
    assert.deepEqual((await installPackage(zip, target, demanded)).ids, ids);
  });

  test("nobody, or somebody else: refused", async () => {
    const signature = "model-package-signature";
    await refused(await spoilt(async () => {}), { code: signature, reason: "signature-missing" }, demanded);
    const other = { ...any, key: pemOf(theirs.publicKey) };
    await refused(zip, { code: signature, reason: "signature-other" }, other);
  });

  test("a list of contents that was changed after it was signed is refused, demanded or not", async () => {
    const copy = await spoilt(async (made) => {
      await cp(join(folder, signatureFile), join(made, signatureFile));
      const manifest = await readFile(join(made, packageFile), "utf8");
      await writeFile(join(made, packageFile), `${manifest}\n`);
    });
    await refused(copy, { code: "model-package-signature", reason: "signature-wrong" });
    await writeFile(join(copy, signatureFile), "{}");
    await refused(copy, { code: "model-package-signature", reason: "signature-wrong" });
  });

  test("signed, but with another file than was signed for: refused", async () => {
    const copy = await spoilt(async (made) => {
      await cp(join(folder, signatureFile), join(made, signatureFile));
      await writeFile(
        join(made, "egen", "config.json"),
        await readFile(join(folder, "egen", "generation_config.json")),
      );
    });
    await refused(copy, damaged, demanded);
  });
});
