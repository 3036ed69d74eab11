// The bill of materials of a release (CycloneDX 1.5), of the lock file: everything that an installer carries, the window's
// bundle, Electron and ffmpeg included. npm's own leaves the bundle out, whose packages it counts to the tools.
// `node build/sbom.ts > lyssna.cdx.json`. Build time only; needs nothing installed.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packagesOfTheApp, placeOf, readLock, rootsOf } from "./licences.ts";

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");

interface Component {
  readonly type: "library" | "application";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly licenses?: readonly { readonly expression: string }[];
  readonly hashes?: readonly { readonly alg: "SHA-256" | "SHA-512"; readonly content: string }[];
}

const refOf = (name: string, version: string): string =>
  `pkg:npm/${name.replace("@", "%40")}@${encodeURIComponent(version)}`;

/** The document as data. The same lock file gives the same document. */
export function billOfMaterials() {
  const lock = readLock();
  const own = JSON.parse(read("package.json")) as { readonly version: string; readonly license: string };
  const ffmpeg = JSON.parse(read("build/ffmpeg.json")) as {
    /** "LICENCE (Name), LICENCE (Name)". */
    readonly licence: string;
    readonly sources: Readonly<Record<string, { readonly version: string; readonly sha256: string }>>;
  };
  const places = packagesOfTheApp();
  const refAt = (place: string): string => {
    const { name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length), version = "" } =
      lock[place] ?? {};
    return refOf(name, version);
  };
  const components = new Map<string, Component>();
  const dependsOn = new Map<string, Set<string>>();
  for (const place of places) {
    const { version = "", license, integrity, dependencies, optionalDependencies, ...more } = lock[place] ?? {};
    const name = more.name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    const ref = refAt(place);
    const [, sum] = /^sha512-(\S+)/u.exec(integrity ?? "") ?? [];
    components.set(ref, {
      type: "library",
      "bom-ref": ref,
      name,
      version,
      purl: ref,
      ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
      ...(sum === undefined
        ? {}
        : { hashes: [{ alg: "SHA-512" as const, content: Buffer.from(sum, "base64").toString("hex") }] }),
    });
    const needed = dependsOn.get(ref) ?? new Set<string>();
    // Electron's own dependencies only fetch it.
    for (const next of name === "electron" ? [] : Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = placeOf(lock, place, next);
      if (found !== null) needed.add(refAt(found));
    }
    dependsOn.set(ref, needed);
  }
  const licenceOf = (name: string): string =>
    ffmpeg.licence
      .split(", ")
      .find((one) => one.toLowerCase().endsWith(`(${name})`))
      ?.split(" ")[0] ?? "";
  const programs = Object.entries(ffmpeg.sources).map(([name, { version, sha256 }]): Component => ({
    type: "application",
    "bom-ref": `${name}@${version}`,
    name,
    version,
    licenses: [{ expression: licenceOf(name) }],
    hashes: [{ alg: "SHA-256", content: sha256 }],
  }));
  const app = refOf("lyssna", own.version);
  const roots = rootsOf(lock).flatMap((name) => {
    const place = placeOf(lock, "", name);
    return place === null ? [] : [refAt(place)];
  });
  const mark = createHash("sha256").update(read("package-lock.json")).digest("hex");
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    serialNumber: `urn:uuid:${mark.slice(0, 8)}-${mark.slice(8, 12)}-5${mark.slice(13, 16)}-a${mark.slice(17, 20)}-${mark.slice(20, 32)}`,
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": app,
        name: "lyssna",
        version: own.version,
        licenses: [{ expression: own.license }],
      },
    },
    components: [...components.values(), ...programs],
    dependencies: [
      { ref: app, dependsOn: [...new Set([...roots, ...programs.map((program) => program["bom-ref"])])] },
      ...[...dependsOn].map(([ref, needed]) => ({ ref, dependsOn: [...needed].toSorted() })),
    ],
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.stdout.write(`${JSON.stringify(billOfMaterials(), null, 2)}\n`);
