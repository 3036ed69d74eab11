// Opens llama.cpp from the ready-made binary of this platform, by its place. Inference process.
//
// node-llama-cpp's own way tries binaries in a process of their own (which an installed app without RunAsNode cannot
// start), looks for compilers, and builds or downloads what it misses. Here the binary is named, and nothing else is tried:
// this process is the one that may crash, and main notices. So two modules inside the package are loaded by address; its
// version is exact for that reason.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { arch, platform } from "node:process";
import { pathToFileURL } from "node:url";
import type { Llama } from "node-llama-cpp";
import { LyssnaError } from "../../errors.ts";
import type { LanguageDevice } from "../language-protocol.ts";

const require = createRequire(import.meta.url);

/** Folders of node-llama-cpp's binary packages, which are also their names; null where there is none. */
export function binaryName(device: LanguageDevice, system: string = platform, processor: string = arch): string | null {
  const known: Readonly<Record<string, Readonly<Record<LanguageDevice, string | null>>>> = {
    "linux-x64": { cpu: "linux-x64", gpu: "linux-x64-vulkan" },
    "linux-arm64": { cpu: "linux-arm64", gpu: null },
    "win32-x64": { cpu: "win-x64", gpu: "win-x64-vulkan" },
    "win32-arm64": { cpu: "win-arm64", gpu: null },
    // The one binary for Apple silicon; without layers on the graphics it computes on the processor.
    "darwin-arm64": { cpu: "mac-arm64-metal", gpu: "mac-arm64-metal" },
  };
  return known[`${system}-${processor}`]?.[device] ?? null;
}

interface LlamaModule {
  readonly Llama: { _create(options: Readonly<Record<string, unknown>>): Promise<Llama> };
}

/** Throws device-failed for graphics that cannot be opened, engine-unavailable where there is no binary at all. */
export async function openLlama(device: LanguageDevice, maxThreads: number): Promise<Llama> {
  const name = binaryName(device);
  const failed = (cause?: unknown) =>
    device === "gpu"
      ? new LyssnaError("device-failed", { device: "GPU" }, { cause })
      : new LyssnaError("engine-unavailable", {}, { cause });
  if (name === null) throw failed();
  try {
    const home = dirname(require.resolve("node-llama-cpp"));
    const packageDir = dirname(dirname(createRequire(join(home, "index.js")).resolve(`@node-llama-cpp/${name}`)));
    const dir = unpacked(join(packageDir, "bins", name));
    const { Llama: llama } = (await import(pathToFileURL(join(home, "bindings", "Llama.js")).href)) as LlamaModule;
    const bindingPath = join(dir, "llama-addon.node");
    const opened = await llama._create({
      bindings: require(bindingPath) as unknown,
      bindingPath,
      buildType: "prebuilt",
      buildMetadata: JSON.parse(await readFile(join(dir, "_nlcBuildMetadata.json"), "utf8")) as unknown,
      logLevel: "disabled",
      logger: () => {},
      maxThreads,
      vramPadding: 0,
      // Memory is measured and judged before anything is loaded.
      ramPadding: 0,
      debug: false,
      numa: false,
      tempDir: false,
    });
    if (device === "gpu" && opened.gpu === false) throw failed();
    return opened;
  } catch (error) {
    throw error instanceof LyssnaError ? error : failed(error);
  }
}

/** A library cannot be loaded out of an archive: the packaged app keeps it beside. */
const unpacked = (path: string): string => path.replace(`.asar${sep}`, `.asar.unpacked${sep}`);
