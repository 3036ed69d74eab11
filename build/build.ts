// Makes dist/, a mirror of the sources that Electron can run. Build time only; a second build of the same sources is free.
import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { isMainThread } from "node:worker_threads";
import { type Plugin, rolldown } from "rolldown";
import { build as buildWindow } from "vite";
import { makeDemonstrationModel } from "../models/demonstration/make-model.ts";
import { makeDemonstrationRecording } from "../models/demonstration/recording.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
export const distDir = join(root, "dist");

const codeFolders = ["electron", "models"];
const sourceFolders = [...codeFolders, "renderer", "build"];
const sourceFiles = ["package.json", "package-lock.json", "tsconfig.json"];
const codeExtensions = new Set([".ts", ".tsx", ".mjs"]);
/** Read by people, not by the app. (The prompts of language models are Markdown too, and are the app's.) */
const notShipped = new Set(["README.md"]);

/** Builds what has changed since last time. Throws if a source does not build; dist/ is then without its stamp. */
export async function build(report: (line: string) => void = () => {}): Promise<"built" | "fresh"> {
  const files = (await Promise.all(sourceFolders.map((folder) => listFiles(join(root, folder))))).flat().toSorted();
  const stamp = await hashFiles([...files, ...sourceFiles.map((name) => join(root, name))]);
  const stampPath = join(distDir, ".stamp");
  if ((await readFile(stampPath, "utf8").catch(() => "")) === stamp) return "fresh";

  report("Building …");
  await rm(distDir, { recursive: true, force: true });
  const codeFiles = files.filter((path) => codeFolders.some((folder) => path.startsWith(join(root, folder) + sep)));
  await Promise.all([buildCode(codeFiles), buildPreload(), copyAssets(codeFiles), addDemonstration()]);
  await buildWindow({ configFile: join(root, "build", "vite.config.ts"), logLevel: "warn" });
  await writePackage();
  await writeFile(stampPath, stamp);
  return "built";
}

/** Every module by itself, so that paths relative to a module mean the same as in the sources. */
async function buildCode(files: readonly string[]): Promise<void> {
  const input = files.filter((path) => extname(path) === ".ts" && !/\.d\.ts$|[\\/]preload\.ts$/u.test(path));
  const bundle = await rolldown({
    input: Object.fromEntries(input.map((path) => [relative(root, path).slice(0, -".ts".length), path])),
    external: isPackage,
    platform: "node",
    plugins: [workerAddresses],
    treeshake: false,
  });
  await bundle.write({
    dir: distDir,
    format: "esm",
    preserveModules: true,
    preserveModulesRoot: root,
    entryFileNames: "[name].js",
  });
  await bundle.close();
}

/** A sandboxed preload can load no other file and is CommonJS: all in one. */
async function buildPreload(): Promise<void> {
  const bundle = await rolldown({
    input: join(root, "electron", "preload.ts"),
    external: ["electron"],
    platform: "node",
  });
  await bundle.write({ file: join(distDir, "electron", "preload.cjs"), format: "cjs" });
  await bundle.close();
}

const isPackage = (id: string): boolean => !/^[./\\]|^[A-Za-z]:[\\/]/u.test(id);

/** `new URL("./worker.ts", import.meta.url)` names the source; in dist/ it is a `.js` file. */
const workerAddresses: Plugin = {
  name: "worker-addresses",
  transform: (code) =>
    code.replaceAll(/(new URL\(\s*"\.{1,2}\/[^"]+)\.ts("\s*,\s*import\.meta\.url\s*,?\s*\))/gu, "$1.js$2"),
};

async function copyAssets(files: readonly string[]): Promise<void> {
  const assets = files.filter((path) => !codeExtensions.has(extname(path)) && !notShipped.has(basename(path)));
  for (const path of assets) {
    const target = join(distDir, relative(root, path));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target);
  }
}

/** The demonstration model and its recording come with the app: an installed app's own folder cannot be written to. */
async function addDemonstration(): Promise<void> {
  const kept = join(root, ".cache", "demonstration");
  await mkdir(kept, { recursive: true });
  await makeDemonstrationModel(join(kept, "model"));
  const target = join(distDir, "models", "demonstration");
  await cp(join(kept, "model"), join(target, "model"), { recursive: true });
  await makeDemonstrationRecording(join(target, "recording.wav"));
}

/** dist/ is an ES module package of its own; the version is read from here by what stands in it. */
async function writePackage(): Promise<void> {
  const { name, productName, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const content = { name, productName, version, type: "module", main: "electron/main.js" };
  await writeFile(join(distDir, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function hashFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(relative(root, path))
      .update("\0")
      .update(await readFile(path))
      .update("\0");
  return hash.digest("hex");
}

if (isMainThread && import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    const outcome = await build((line) => process.stderr.write(`${line}\n`));
    process.stderr.write(outcome === "built" ? "Built dist/.\n" : "dist/ is up to date.\n");
  } catch (error) {
    // The bundler's message shows the place in the source; its own stack tells nobody anything.
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${process.stderr.isTTY ? message : stripVTControlCharacters(message)}\n`);
    process.exitCode = 1;
  }
}
