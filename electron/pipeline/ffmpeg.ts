// Which ffmpeg is used: decided here and nowhere else. Runs in main and the command line.
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { LyssnaError } from "../errors.ts";
import { smallEnvironment } from "./confine-ffmpeg.ts";

export interface Ffmpeg {
  readonly path: string;
  readonly version: string;
  readonly source: "policy" | "bundled" | "system" | "npm";
  /** True for a decoder older than Lyssna wants to meet unknown files with. */
  readonly warning: boolean;
}

export interface FfmpegPlaces {
  /** Fixed by policy. */
  readonly policyPath?: string;
  /** LYSSNA_FFMPEG names a binary; PATH is searched. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder in which the installed app carries its own. */
  readonly bundledDir?: string | undefined;
}

/** Older decoders have known holes and lack options we use. */
const oldestMajor = 5;
const versionTimeoutMs = 10_000;
const run = promisify(execFile);

/** Policy or environment ▸ bundled ▸ system, version 5 or later ▸ the npm package, with a warning. Throws ffmpeg-missing. */
export async function findFfmpeg({ policyPath, env, bundledDir }: FfmpegPlaces): Promise<Ffmpeg> {
  const named = policyPath ?? env["LYSSNA_FFMPEG"];
  if (named !== undefined && named !== "") {
    const version = await versionOf(named);
    if (version === null) throw new LyssnaError("ffmpeg-missing");
    return { path: named, version, source: "policy", warning: isOld(version) };
  }
  const binary = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";
  if (bundledDir !== undefined) {
    const path = join(bundledDir, binary);
    const version = await versionOf(path);
    if (version !== null) return { path, version, source: "bundled", warning: false };
  }
  for (const folder of (env["PATH"] ?? "").split(delimiter).filter((name) => name !== "")) {
    const path = join(folder, binary);
    const version = await versionOf(path);
    if (version !== null && !isOld(version)) return { path, version, source: "system", warning: false };
  }
  const path = npmPath();
  const version = path === null ? null : await versionOf(path);
  if (path === null || version === null) throw new LyssnaError("ffmpeg-missing");
  return { path, version, source: "npm", warning: true };
}

async function versionOf(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ["-nostdin", "-version"], {
      timeout: versionTimeoutMs,
      env: smallEnvironment(),
    });
    return /^ffmpeg version (\S+)/u.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Builds from git have no number ("N-109542-g…") and are newer than any release we refuse. */
const isOld = (version: string): boolean => {
  const major = /^n?(\d+)\./u.exec(version)?.[1];
  return major !== undefined && Number(major) < oldestMajor;
};

function npmPath(): string | null {
  try {
    const { path } = createRequire(import.meta.url)("@ffmpeg-installer/ffmpeg") as { path: string };
    return path;
  } catch {
    return null;
  }
}
