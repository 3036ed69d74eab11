// `npm run licences`, and part of every packing: the licence of everything that an installer carries, as texts and as a list,
// in out/licences. Build time only.
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
export const licencesDir = join(root, "out", "licences");

export interface Locked {
  /** What it is called where it is fetched, under an alias. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  /** As "sha512-" and base 64. */
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export type Lock = Readonly<Record<string, Locked>>;

export interface Licence {
  readonly name: string;
  readonly version: string;
  /** SPDX, as the package says it; null where it says none. */
  readonly licence: string | null;
  /** Names of the texts in `out/licences`; none where the package brings none. */
  readonly texts: readonly string[];
}

const readText = (path: string): string => readFileSync(join(root, path), "utf8");

/** What the window is built of lies in its bundle, although npm counts it to the tools. */
export function rootsOf(lock: Lock): readonly string[] {
  const own = lock[""] as Locked & { readonly devDependencies?: Readonly<Record<string, string>> };
  const sources = globSync("renderer/**/*.{ts,tsx,css}", { cwd: root }).map(readText).join("\n");
  const inWindow = Object.keys(own.devDependencies ?? {}).filter((name) => sources.includes(`"${name}`));
  return [...Object.keys(own.dependencies ?? {}), ...inWindow, "electron"];
}

/** Where Node would find the package that is asked for from a folder; null for one that is not of this system. */
export function placeOf(lock: Lock, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    const place = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (lock[place] !== undefined) return place;
    if (folder === "") return null;
  }
}

/** package-lock.json, by where each package lies. */
export const readLock = (): Lock => (JSON.parse(readText("package-lock.json")) as { readonly packages: Lock }).packages;

/** Everything that the app needs to run, the window's bundle and Electron included, from the lock file. */
export function packagesOfTheApp(): readonly string[] {
  const lock = readLock();
  const found = new Set<string>();
  const visit = (from: string, name: string): void => {
    const place = placeOf(lock, from, name);
    if (place === null || found.has(place)) return;
    found.add(place);
    // Electron's own dependencies only fetch it.
    if (name === "electron") return;
    const { dependencies = {}, optionalDependencies = {} } = lock[place] ?? {};
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(place, next);
  };
  for (const name of rootsOf(lock)) visit("", name);
  return [...found].toSorted();
}

/** Writes the texts and `licences.json`, of the packages that are on this machine, and answers the list. */
export function writeLicences(dir: string = licencesDir): readonly Licence[] {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const licences = packagesOfTheApp().flatMap((place): readonly Licence[] => {
    let files: readonly string[];
    try {
      files = readdirSync(join(root, place));
    } catch {
      return [];
    }
    const about = JSON.parse(readText(join(place, "package.json"))) as Locked & { readonly name: string };
    const { name, version = "", license } = about;
    const texts = files
      .filter((file) => /^(?:licen[cs]e|copying|notice|ofl)(?:[.-]|$)/iu.test(file))
      .map((file) => {
        const target = `${name.replaceAll("/", "+")}-${version}-${file}${/\.\w+$/u.test(file) ? "" : ".txt"}`;
        writeFileSync(join(dir, target), readText(join(place, file)));
        return target;
      });
    return [{ name, version, licence: typeof license === "string" ? license : null, texts }];
  });
  writeFileSync(join(dir, "licences.json"), `${JSON.stringify(licences, null, 2)}\n`);
  return licences;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const licences = writeLicences();
  const without = licences.filter(({ texts }) => texts.length === 0);
  process.stderr.write(`${String(licences.length)} packages → ${licencesDir}\n`);
  for (const { name, version, licence } of without)
    process.stderr.write(`no text of its own: ${name} ${version} (${licence ?? "says no licence"})\n`);
}
