// One ffmpeg process for one file: bounded, killable, fed and read as streams. Runs in main and the command line.
import { access, constants, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { type PassThrough, Readable } from "node:stream";
import ffmpegCommand from "fluent-ffmpeg";
import { LyssnaError } from "../errors.ts";
import { confine, smallEnvironment, type Start } from "./confine-ffmpeg.ts";
import type { Ffmpeg } from "./ffmpeg.ts";

/** A file of the person's, or our own working copy as a stream of Ogg Opus. */
export type SoundSource = { readonly path: string } | { readonly bytes: AsyncIterable<Uint8Array> };

/**
 * Containers that may be opened. Playlists (hls, concat, dash …) are not among them: they make ffmpeg read other
 * files of the machine. The list is ffmpeg's demuxer names.
 */
export const mediaFormats =
  "wav,w64,mp3,aac,ogg,flac,asf,xwma,amr,mov,mp4,m4a,3gp,3g2,mj2,aiff,caf,matroska,webm,avi,mpeg,mpegts,au,flv,gsm,wv,ac3,eac3,dts,tta,ape,rm,dsf".split(
    ",",
  );

/** No output for so long means that ffmpeg hangs. */
const stallMs = 60_000;

export const inputLimits = [
  "-nostdin",
  "-hide_banner",
  "-protocol_whitelist",
  "file,pipe",
  "-format_whitelist",
  mediaFormats.join(","),
];

/** A path that no name can turn into an option, a protocol or a pattern. */
export const inputOf = (path: string): string => `file:${resolve(path)}`;

/** Throws the error that a person can act on before ffmpeg is asked. */
export async function checkFile(path: string): Promise<void> {
  const file = basename(path);
  const found = await stat(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new LyssnaError(code === "ENOENT" || code === "ENOTDIR" ? "file-not-found" : "file-unreadable", { file });
  });
  if (!found.isFile()) throw new LyssnaError("file-unreadable", { file });
  if (found.size === 0) throw new LyssnaError("file-empty", { file });
  await access(path, constants.R_OK).catch(() => {
    throw new LyssnaError("file-unreadable", { file });
  });
}

export interface FfmpegRun {
  readonly ffmpeg: Ffmpeg;
  readonly signal: AbortSignal;
  /** Options before the input, beside the limits. */
  readonly inputOptions?: readonly string[];
  readonly outputOptions: readonly string[];
  /** ffmpeg's name of the output format. */
  readonly format: string;
}

/**
 * What ffmpeg writes, chunk by chunk, no faster than it is taken. The process ends with the iteration.
 * Throws file-not-media, file-no-sound, file-damaged, cancelled. A damaged file that gave something gives what it had.
 */
export async function* runFfmpeg(source: SoundSource, options: FfmpegRun): AsyncGenerator<Buffer, void, void> {
  const { ffmpeg, signal } = options;
  signal.throwIfAborted();
  const fromPath = "path" in source;
  if (fromPath) await checkFile(source.path);
  const start = await confine(ffmpeg.path);
  signal.throwIfAborted();
  const limits = fromPath ? inputLimits : inputLimits.filter((option) => option !== "-nostdin");
  const command = ffmpegCommand(fromPath ? inputOf(source.path) : Readable.from(source.bytes, { objectMode: false }))
    .inputOptions([...limits, ...(fromPath ? [] : ["-f", "ogg"]), ...(options.inputOptions ?? [])])
    .outputOptions([...options.outputOptions])
    .format(options.format);
  startWith(command, start);

  let failure: { readonly message: string } | null = null;
  command.on("error", (error: Error, _out: string | null, messages: string | null) => {
    failure = { message: `${error.message}\n${messages ?? ""}` };
    output.end();
  });
  const output = command.pipe() as PassThrough;
  const kill = () => command.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  let stalled = setTimeout(kill, stallMs);
  let gave = false;
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      gave = true;
      clearTimeout(stalled);
      yield chunk;
      signal.throwIfAborted();
      stalled = setTimeout(kill, stallMs);
    }
    signal.throwIfAborted();
    if (failure !== null && !gave) throw errorOf((failure as { message: string }).message, source);
  } finally {
    clearTimeout(stalled);
    signal.removeEventListener("abort", kill);
    kill();
  }
}

/** fluent-ffmpeg's one way to start a process, not in its types: all that it is given goes on to Node's spawn. */
interface Spawning {
  _spawnFfmpeg(args: readonly string[], options: object, ...callbacks: readonly unknown[]): void;
}

/**
 * fluent-ffmpeg offers neither an environment nor a program in front of ffmpeg. Decode's tests look at the process itself:
 * a version that starts it in another way is noticed.
 */
function startWith(command: object, { command: program, args: before }: Start): void {
  const spawning = command as Spawning & { setFfmpegPath(path: string): void };
  const spawn = spawning._spawnFfmpeg.bind(command);
  spawning.setFfmpegPath(program);
  spawning._spawnFfmpeg = (args, options, ...callbacks) =>
    spawn([...before, ...args], { ...options, env: smallEnvironment() }, ...callbacks);
}

/** From ffmpeg's own words to the sentence for a person. */
function errorOf(message: string, source: SoundSource): LyssnaError {
  if (!("path" in source)) return new LyssnaError("sound-damaged");
  const file = basename(source.path);
  if (/matches no streams|does not contain any stream/u.test(message))
    return new LyssnaError("file-no-sound", { file });
  if (
    /moov atom not found|Error opening input|Invalid data found|Unknown format|not in.*whitelist|EOF/iu.test(message)
  ) {
    return new LyssnaError(/moov atom not found/u.test(message) ? "file-damaged" : "file-not-media", { file });
  }
  return new LyssnaError("file-damaged", { file });
}
