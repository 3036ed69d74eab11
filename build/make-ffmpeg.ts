// The ffmpeg that the installed app carries, built from the sources that ffmpeg.json names, and only from those. Build
// time only (the packaging workflow); needs a C compiler, make, nasm and pkg-config, on Windows in MSYS2.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { access, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = join(root, ".cache", "ffmpeg", "build");
/** Where `package.ts` takes it from. */
export const ffmpegDir = join(root, ".cache", "ffmpeg", `${process.platform}-${process.arch}`);
const binary = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";

const source = z.object({
  version: z.string(),
  url: z.url({ protocol: /^https$/u }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});
export const ffmpegRecipe = z
  .object({
    licence: z.string(),
    why: z.string(),
    sources: z.object({ ffmpeg: source, opus: source }),
    components: z.record(
      z.enum(["protocol", "demuxer", "decoder", "parser", "encoder", "muxer", "filter"]),
      z.array(z.string().regex(/^[a-z0-9_]+$/u)),
    ),
  })
  .parse(JSON.parse(await readFile(new URL("ffmpeg.json", import.meta.url), "utf8")));

/** As FFmpeg's `configure` takes it: everything off, then what we name. */
export const configureOptions = (prefix: string): readonly string[] => [
  `--prefix=${prefix}`,
  "--disable-everything",
  "--disable-autodetect",
  "--disable-network",
  "--disable-doc",
  "--disable-debug",
  "--disable-ffplay",
  "--disable-ffprobe",
  "--disable-avdevice",
  "--disable-swscale",
  "--enable-static",
  "--disable-shared",
  "--enable-libopus",
  "--pkg-config-flags=--static",
  ...Object.entries(ffmpegRecipe.components).map(([kind, names]) => `--enable-${kind}=${names.join(",")}`),
];

/** Fetches, verifies and builds; does nothing where it is built already. Answers the folder. */
export async function makeFfmpeg(say: (line: string) => void): Promise<string> {
  const target = join(ffmpegDir, binary);
  if (await isThere(target)) return ffmpegDir;
  await mkdir(work, { recursive: true });
  const prefix = join(work, "prefix");
  const opus = await unpack("opus", say);
  await run(
    "sh",
    ["./configure", `--prefix=${prefix}`, "--disable-shared", "--disable-doc", "--disable-extra-programs"],
    opus,
  );
  await run("make", [`-j${String(cpus().length)}`, "install"], opus);
  const ffmpeg = await unpack("ffmpeg", say);
  await run("sh", ["./configure", ...configureOptions(prefix)], ffmpeg, {
    PKG_CONFIG_PATH: join(prefix, "lib", "pkgconfig"),
  });
  await run("make", [`-j${String(cpus().length)}`, binary], ffmpeg);
  await mkdir(ffmpegDir, { recursive: true });
  await copyFile(join(ffmpeg, "COPYING.LGPLv2.1"), join(ffmpegDir, "LICENSE-FFmpeg.txt"));
  await copyFile(join(opus, "COPYING"), join(ffmpegDir, "LICENSE-Opus.txt"));
  await writeFile(join(ffmpegDir, "SOURCES.txt"), sourcesText());
  await copyFile(join(ffmpeg, binary), target);
  return ffmpegDir;
}

/** What the LGPL asks for: where the sources are, and how they were built. */
function sourcesText(): string {
  const { sources } = ffmpegRecipe;
  const lines = Object.entries(sources).map(
    ([name, { version, url, sha256 }]) => `${name} ${version}\n${url}\nsha256 ${sha256}\n`,
  );
  return `${lines.join("\n")}\n./configure ${configureOptions("PREFIX").join(" ")}\n`;
}

async function unpack(name: "ffmpeg" | "opus", say: (line: string) => void): Promise<string> {
  const { url, sha256, version } = ffmpegRecipe.sources[name];
  const archive = join(work, basename(url));
  if (!(await isThere(archive))) {
    say(`Fetching ${name} ${version} …`);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url} answered ${String(answer.status)}`);
    await writeFile(archive, Buffer.from(await answer.arrayBuffer()));
  }
  const found = createHash("sha256")
    .update(await readFile(archive))
    .digest("hex");
  if (found !== sha256)
    throw new Error(`${basename(archive)} is not the one that ffmpeg.json names: its sha256 is ${found}`);
  await run("tar", ["-xf", basename(archive)], work);
  return join(work, `${name}-${version}`);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** No shell of the system: arguments are what they are. */
function run(program: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<void> {
  const child = spawn(program, args, { cwd, stdio: ["ignore", 2, 2], env: { ...process.env, ...env } });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("exit", (code) => (code === 0 ? done() : failed(new Error(`${program} ended with ${String(code)}`))));
  });
}
