// Model packages that are damaged, half, foreign or hostile: refused with a sentence, and nothing is changed.
import { mkdir, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import JSZip from "jszip";
import { type ModelPackage, packageFile } from "../../electron/models/package-format.ts";
import {
  damaged,
  dir,
  folder,
  invalid,
  listed,
  manifestOf,
  place,
  refused,
  spoilt,
  withManifest,
  zip,
  zipWith,
} from "./package-fixtures.ts";

describe("a package that is damaged or half", () => {
  test("one wrong byte, a file cut off, a file too long, a file that is missing", async () => {
    const path = join("egen", "onnx", "encoder_model.onnx");
    const changes: readonly ((made: string) => Promise<unknown>)[] = [
      async (made) => {
        const bytes = await readFile(join(made, path));
        bytes[1000] = (bytes[1000] ?? 0) ^ 1;
        await writeFile(join(made, path), bytes);
      },
      (made) => truncate(join(made, path), 1000),
      async (made) => writeFile(join(made, path), Buffer.concat([await readFile(join(made, path)), Buffer.alloc(9)])),
      (made) => rm(join(made, path)),
    ];
    for (const change of changes) {
      await refused(await spoilt(change), damaged);
      await rm(join(place, "paket"), { recursive: true });
    }
  });

  test("a zip that was cut off anywhere", async () => {
    const whole = await readFile(zip);
    for (const share of [0.01, 0.3, 0.7, 0.999]) {
      const cut = join(place, "halv.zip");
      await writeFile(cut, whole.subarray(0, Math.floor(whole.length * share)));
      await refused(cut, invalid("package-unreadable"));
    }
  });

  test("a zip with one wrong byte in a file", async () => {
    const bytes = await readFile(zip);
    const at = bytes.indexOf("egen/onnx/encoder_model.onnx") + 5000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const path = join(place, "fel.zip");
    await writeFile(path, bytes);
    await refused(path, damaged);
  });

  test("models that are right by their sums and are no models", async () => {
    const bytes = Buffer.from("{}");
    const path = await zipWith({
      [packageFile]: manifestOf([listed("config.json", bytes)]),
      "egen/config.json": bytes,
    });
    await refused(path, damaged);
  });
});

describe("what is no package", () => {
  test("a text, an empty file, another zip, an empty folder, nothing at all", async () => {
    const text = join(place, "brev.zip");
    await writeFile(text, "Hej");
    await refused(text, invalid("package-unreadable"));
    await writeFile(text, "");
    await refused(text, invalid("package-unreadable"));
    await refused(await zipWith({ "bild.jpg": "x" }), invalid("package-none"));
    await mkdir(join(place, "tom"));
    await refused(join(place, "tom"), invalid("package-none"));
    await refused(join(place, "saknas"), { code: "file-not-found" });
  });

  test("one of a newer version, and one with a list that makes no sense", async () => {
    await refused(await withManifest((all) => ({ ...all, lyssna: "model-package/2" })), invalid("package-newer"));
    const senseless: readonly ((all: ModelPackage) => unknown)[] = [
      () => [],
      (all) => ({ ...all, models: [] }),
      (all) => ({ ...all, models: all.models.map((model) => ({ ...model, id: "demonstration" })).slice(0, 1) }),
      (all) => ({ ...all, models: all.models.map((model) => ({ ...model, files: [] })) }),
      (all) => ({ ...all, models: [{ ...all.models[0], files: [listed("lyssna-model.json", Buffer.from("{}"))] }] }),
      (all) => ({
        ...all,
        models: [{ ...all.models[0], files: [{ path: "a", sizeBytes: -1, sha256: "0".repeat(64) }] }],
      }),
    ];
    for (const change of senseless) {
      await rm(join(place, "paket"), { recursive: true, force: true });
      await refused(await withManifest(change), invalid("package-manifest"));
    }
    await rm(join(place, "paket"), { recursive: true });
    await refused(await spoilt((made) => writeFile(join(made, packageFile), "{")), invalid("package-manifest"));
    await refused(
      await spoilt((made) => writeFile(join(made, packageFile), " ".repeat(2 << 20))),
      invalid("package-manifest"),
    );
  });
});

describe("a hostile package", () => {
  const bytes = Buffer.from("ond");

  for (const path of [
    "../ond",
    "/tmp/ond",
    "a/../../ond",
    "..",
    "a//b",
    "c:ond",
    "a\\..\\ond",
    "con",
    "a/nul.json",
    "a.",
    ".dold",
  ]) {
    test(`that names the file ${JSON.stringify(path)} is refused`, async () => {
      await refused(
        await withManifest((all) => ({ ...all, models: [{ ...all.models[0], files: [listed(path, bytes)] }] })),
        invalid("package-manifest"),
      );
    });
  }
  for (const id of ["../ond", "/ond", "..", "", "a/b", ".ond"]) {
    test(`that calls a model ${JSON.stringify(id)} is refused`, async () => {
      await refused(
        await withManifest((all) => ({ ...all, models: [{ ...all.models[0], id }] })),
        invalid("package-manifest"),
      );
    });
  }

  test("with an entry that leads elsewhere is refused, whether it is listed or not", async () => {
    // JSZip cleans names: they are spoilt in the bytes, where they stand twice.
    const clean = await zipWith({
      [packageFile]: manifestOf([listed("config.json", bytes)]),
      "egen/config.json": bytes,
      "xx/yy/ond": "ond",
    });
    for (const name of ["../../ond", "/x/yy/ond", "..\\yy\\ond"]) {
      const all = (await readFile(clean)).toString("latin1").replaceAll("xx/yy/ond", name);
      await writeFile(clean, Buffer.from(all, "latin1"));
      await refused(clean, invalid("package-name"));
      await writeFile(clean, Buffer.from(all.replaceAll(name, "xx/yy/ond"), "latin1"));
    }
  });

  test("with a link in the place of a file, or of a folder, is refused", async () => {
    const secret = join(dir, "hemligt");
    await mkdir(secret, { recursive: true });
    await writeFile(join(secret, "config.json"), await readFile(join(folder, "egen", "config.json")));
    const file = await spoilt(async (made) => {
      await rm(join(made, "egen", "config.json"));
      await symlink(join(secret, "config.json"), join(made, "egen", "config.json"));
    });
    await refused(file, invalid("package-link"));
    await rm(file, { recursive: true });
    const whole = await spoilt(async (made) => {
      await rename(join(made, "egen"), join(place, "annan"));
      await symlink(join(place, "annan"), join(made, "egen"));
    });
    await refused(whole, invalid("package-link"));
    const packed = await zipWith(
      { [packageFile]: manifestOf([listed("config.json", bytes)]), "egen/config.json": "/etc/passwd" },
      "l.zip",
      {
        unixPermissions: 0o120777,
      },
    );
    await refused(packed, invalid("package-link"));
  });

  test("with two files of the same name, also where only some systems take them for the same, is refused", async () => {
    const twice = [listed("config.json", bytes), listed("Config.json", bytes)];
    await refused(
      await withManifest((all) => ({ ...all, models: [{ ...all.models[0], files: twice }] })),
      invalid("package-twice"),
    );
    await rm(join(place, "paket"), { recursive: true });
    await refused(
      await withManifest((all) => ({ ...all, models: [all.models[0], all.models[0]] })),
      invalid("package-twice"),
    );
    await refused(await zipWith({ [packageFile]: "{}", "egen/a": "1", "EGEN/A": "2" }), invalid("package-twice"));
  });

  test("that unpacks to a thousand times its size is stopped at what it claimed", async () => {
    const bomb = Buffer.alloc(8 << 20);
    const claimed = { path: "nonsense.gguf", sizeBytes: 1000, sha256: "0".repeat(64) };
    const made = new JSZip();
    made.file(packageFile, manifestOf([claimed], "bomb"));
    made.file("bomb/nonsense.gguf", bomb);
    const path = join(place, "bomb.zip");
    await writeFile(path, await made.generateAsync({ type: "nodebuffer", compression: "DEFLATE" }));
    await refused(path, damaged);
    // And where the zip lies about it too.
    const all = await readFile(path);
    const directory = all.lastIndexOf(Buffer.from("bomb/nonsense.gguf")) - 46;
    all.writeUInt32LE(1000, directory + 24);
    await writeFile(path, all);
    await refused(path, damaged);
  });

  test("that claims more than the disk has room for is refused before anything is copied", async () => {
    const huge = { path: "nonsense.gguf", sizeBytes: 9e11, sha256: "0".repeat(64) };
    const copy = await withManifest((all) => ({ ...all, models: [{ ...all.models[2], files: [huge] }] }));
    // Without content: it takes no room itself.
    await truncate(join(copy, "nonsense", "nonsense.gguf"), 9e11);
    await refused(copy, { code: "model-no-room" });
  });

  test("with thousands of entries is refused", async () => {
    const many = new JSZip();
    for (let at = 0; at < 5100; at++) many.file(`f${at}`, "");
    many.file(packageFile, "{}");
    const path = join(place, "manga.zip");
    await writeFile(path, await many.generateAsync({ type: "nodebuffer" }));
    await refused(path, invalid("package-none"));
  });
});
