// package/1: the file in which meetings move house. A line of clear JSON that says how the passphrase becomes a key, then an
// encrypted stream (stream.ts) of entries. Runs in main and the command line.
//
// An entry is its name (two bytes of length, then UTF-8), its pieces (four bytes of length, four of time in milliseconds, then
// the bytes) and a length of zero. A name of length zero ends the package. All numbers are big-endian.
import { randomUUID, timingSafeEqual } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { LyssnaError, toErrorData } from "../errors.ts";
import {
  leastLength,
  mostCost,
  mostLength,
  newSalt,
  normalPassphrase,
  passphraseCost,
  passphraseLock,
  type ScryptCost,
} from "../store/keys/passphrase.ts";
import { derive } from "../store/keys/seal.ts";
import { openStream, sealStream } from "./stream.ts";

const mostHeaderBytes = 4096;
/** More than this in one piece was not written by us. */
const mostPieceBytes = 1 << 20;
const readBytes = 1 << 18;

const base64 = (bytes: number) => z.base64().refine((text) => Buffer.from(text, "base64").length === bytes);
const cost = (most: number) => z.number().int().min(1).max(most);

const headerSchema = z.object({
  lyssna: z.literal("package/1"),
  /** "all", or "meeting" for one. */
  what: z.enum(["all", "meeting"]),
  createdAt: z.iso.datetime(),
  appVersion: z.string().max(60),
  scrypt: z.object({ logN: cost(mostCost.logN), r: cost(mostCost.r), p: cost(mostCost.p) }),
  salt: base64(16),
  /** Made of the passphrase as the key is: tells a wrong passphrase from a damaged file. */
  check: base64(32),
});
export type PackageHeader = z.infer<typeof headerSchema>;

/** A piece of an entry. */
export interface Piece {
  readonly entry: string;
  /** When the sound in it begins; 0 for what is not sound. */
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

export interface Entry {
  readonly name: string;
  readonly pieces: AsyncIterable<Omit<Piece, "entry">> | Iterable<Omit<Piece, "entry">>;
}

/** Throws passphrase-short. Whoever has the file can try as often as they like: the passphrase stands alone. */
export function checkPassphrase(typed: string): void {
  const { length } = normalPassphrase(typed);
  const least = leastLength(false);
  if (length < least || length > mostLength) throw new LyssnaError("package-passphrase-short", { least });
}

async function keysOf(passphrase: string, salt: Uint8Array, spent: ScryptCost) {
  const lock = await passphraseLock(passphrase, salt, spent, null);
  const keys = { key: derive(lock, salt, "lyssna package/1"), check: derive(lock, salt, "lyssna package check/1") };
  lock.fill(0);
  return keys;
}

interface WriteOptions {
  readonly what: PackageHeader["what"];
  readonly passphrase: string;
  readonly appVersion: string;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Only tests make it cheaper. */
  readonly cost?: ScryptCost;
}

/** Writes a package whole or not at all. Throws package-passphrase-short, no-room, cannot-write, cancelled. */
export async function writePackage(path: string, entries: AsyncIterable<Entry>, options: WriteOptions): Promise<void> {
  checkPassphrase(options.passphrase);
  const { what, appVersion, now, cost: spent = passphraseCost, signal } = options;
  const salt = newSalt();
  const { key, check } = await keysOf(options.passphrase, salt, spent);
  const clear: PackageHeader = {
    lyssna: "package/1",
    what,
    createdAt: now.toISOString(),
    appVersion,
    scrypt: spent,
    salt: Buffer.from(salt).toString("base64"),
    check: Buffer.from(check).toString("base64"),
  };
  const header = Buffer.from(`${JSON.stringify(clear)}\n`);
  const partial = join(dirname(path), `.${randomUUID()}.part`);
  // What the disk says is about this file; what the store says is about itself.
  const onDisk = <Result>(step: Promise<Result>): Promise<Result> =>
    step.catch((error: unknown) => {
      if (toErrorData(error).code === "no-room") throw new LyssnaError("no-room", {}, { cause: error });
      throw new LyssnaError("cannot-write", { file: basename(path) }, { cause: error });
    });
  try {
    const file = await onDisk(open(partial, "wx", 0o600));
    try {
      await onDisk(file.writeFile(header));
      for await (const chunk of sealStream({ key, header }, layOut(entries))) {
        if (signal.aborted) throw new LyssnaError("cancelled");
        await onDisk(file.writeFile(chunk));
      }
      await onDisk(file.sync());
    } finally {
      await file.close();
    }
    await onDisk(rename(partial, path));
  } finally {
    key.fill(0);
    await rm(partial, { force: true }).catch(() => {});
  }
}

async function* layOut(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array, void, void> {
  for await (const { name, pieces } of entries) {
    const bytes = Buffer.from(name);
    const head = Buffer.alloc(2);
    head.writeUInt16BE(bytes.length);
    yield head;
    yield bytes;
    for await (const { atMs, bytes: piece } of pieces) {
      if (piece.length === 0) continue;
      if (piece.length > mostPieceBytes) throw new LyssnaError("bad-call", { what: "package" });
      const before = Buffer.alloc(8);
      before.writeUInt32BE(piece.length);
      before.writeUInt32BE(atMs, 4);
      yield before;
      yield piece;
    }
    yield Buffer.alloc(4);
  }
  yield Buffer.alloc(2);
}

export interface OpenPackage {
  readonly header: PackageHeader;
  /** Every piece in order, from the beginning. Throws package-damaged at the first byte that is another. */
  pieces(): AsyncGenerator<Piece, void, void>;
  /** The key leaves memory. */
  close(): Promise<void>;
}

/**
 * What the clear first line of a package says, which nothing vouches for yet; null for a file that is no package.
 * Throws package-newer, package-invalid, file-not-found, file-unreadable.
 */
export async function peekPackage(path: string): Promise<PackageHeader | null> {
  const file = await openFile(path);
  try {
    const start = Buffer.alloc(mostHeaderBytes);
    const { bytesRead } = await file.read(start, 0, mostHeaderBytes, 0).catch(unreadable(path));
    const [line = ""] = start.toString("utf8", 0, bytesRead).split("\n", 1);
    return /^\{"lyssna":"package\/\d+"/u.test(line) ? parseHeader(Buffer.from(line), basename(path)) : null;
  } finally {
    await file.close();
  }
}

/** Throws package-invalid, package-newer, package-passphrase-wrong, file-not-found, file-unreadable. */
export async function openPackage(path: string, passphrase: string): Promise<OpenPackage> {
  const file = await openFile(path);
  try {
    const header = await readHeader(file, path);
    const clear = parseHeader(header, basename(path));
    const { key, check } = await keysOf(passphrase, Buffer.from(clear.salt, "base64"), clear.scrypt);
    if (!timingSafeEqual(check, Buffer.from(clear.check, "base64"))) throw new LyssnaError("package-passphrase-wrong");
    return {
      header: clear,
      pieces: () => takeApart(openStream({ key, header }, bytesOf(file, header.length, path))),
      async close() {
        key.fill(0);
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

const openFile = (path: string): Promise<FileHandle> =>
  open(path, "r").catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code === "ENOENT" ? "file-not-found" : "file-unreadable";
    throw new LyssnaError(code, { file: basename(path) });
  });

const unreadable = (path: string) => (error: unknown) => {
  throw new LyssnaError("file-unreadable", { file: basename(path) }, { cause: error });
};

async function readHeader(file: FileHandle, path: string): Promise<Buffer> {
  const start = Buffer.alloc(mostHeaderBytes);
  const { bytesRead } = await file.read(start, 0, mostHeaderBytes, 0).catch(unreadable(path));
  const end = start.subarray(0, bytesRead).indexOf(10);
  if (end < 0) throw new LyssnaError("package-invalid", { file: basename(path) });
  return start.subarray(0, end + 1);
}

function parseHeader(header: Uint8Array, name: string): PackageHeader {
  let clear: unknown;
  try {
    clear = JSON.parse(Buffer.from(header).toString("utf8"));
  } catch {
    throw new LyssnaError("package-invalid", { file: name });
  }
  const { success, data } = headerSchema.safeParse(clear);
  if (success) return data;
  const { lyssna } = z.object({ lyssna: z.string() }).catch({ lyssna: "" }).parse(clear);
  const [, version = "1"] = /^package\/(\d+)$/u.exec(lyssna) ?? [];
  throw Number(version) > 1 ? new LyssnaError("package-newer") : new LyssnaError("package-invalid", { file: name });
}

async function* bytesOf(file: FileHandle, start: number, path: string): AsyncGenerator<Uint8Array, void, void> {
  for (let at = start; ;) {
    const piece = Buffer.alloc(readBytes);
    const { bytesRead } = await file.read(piece, 0, readBytes, at).catch(unreadable(path));
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

async function* takeApart(plain: AsyncGenerator<Uint8Array, void, void>): AsyncGenerator<Piece, void, void> {
  let held: Uint8Array = new Uint8Array();
  async function take(length: number): Promise<Buffer> {
    while (held.length < length) {
      const next = await plain.next();
      if (next.done === true) throw new LyssnaError("package-damaged");
      held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
    }
    const taken = Buffer.from(held.subarray(0, length));
    held = held.subarray(length);
    return taken;
  }
  for (;;) {
    const entry = (await take((await take(2)).readUInt16BE())).toString("utf8");
    if (entry === "") break;
    for (;;) {
      const length = (await take(4)).readUInt32BE();
      if (length === 0) break;
      if (length > mostPieceBytes) throw new LyssnaError("package-damaged");
      const atMs = (await take(4)).readUInt32BE();
      yield { entry, atMs, bytes: await take(length) };
    }
  }
  // To the last chunk, which proves that nothing was cut off.
  if (held.length > 0 || (await plain.next()).done !== true) throw new LyssnaError("package-damaged");
}
