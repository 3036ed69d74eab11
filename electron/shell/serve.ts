// Answers the window's own address: the built files, and the sound of meetings in ranges. Runs in main.
import { randomBytes } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";
import { LyssnaError } from "../errors.ts";
import type { SoundStore } from "../store/types.ts";
import { type ByteRange, byteRange } from "./byte-range.ts";
import { securityHeaders } from "./headers.ts";
import { isOwnAddress } from "./own-address.ts";

export interface ServeOptions {
  /** The built window: only files that lie in here are served. */
  readonly rendererDir: string;
  readonly sound: () => Promise<Pick<SoundStore, "sizeBytes" | "read"> | null>;
}

/** What the build makes. A file of any other kind is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** The handler for `protocol.handle`. Never rejects; what cannot be served is a plain 404. */
export function createServe({ rendererDir, sound }: ServeOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const nonce = randomBytes(16).toString("base64");
    const answer = (status: number, headers: Record<string, string> = {}, body: BodyInit | null = null) =>
      new Response(request.method === "HEAD" ? null : body, {
        status,
        headers: { ...securityHeaders(nonce), ...headers },
      });
    try {
      const path = pathOf(request.url);
      if (path === null) return answer(404);
      if (request.method !== "GET" && request.method !== "HEAD") return answer(405, { allow: "GET, HEAD" });
      const meetingId = /^\/sound\/([\w-]{1,64})$/u.exec(path)?.[1];
      if (meetingId !== undefined) return await serveSound(meetingId, request.headers.get("range"), sound, answer);
      const name = path === "/" ? "/index.html" : path;
      const type = contentTypes[extname(name)];
      const file = type === undefined ? null : await fileInside(rendererDir, name);
      if (file === null || type === undefined) return answer(404);
      const bytes = await readFile(file);
      const body = name === "/index.html" ? bytes.toString("utf8").replaceAll("__NONCE__", nonce) : bytes;
      return answer(200, { "content-type": type }, body);
    } catch {
      return answer(404);
    }
  };
}

/** The decoded path of an address of ours, or null for one that is not, or that tries to hide something in it. */
function pathOf(address: string): string | null {
  if (!isOwnAddress(address)) return null;
  const path = decodeURIComponent(new URL(address).pathname);
  const isPlain = !/[\p{Cc}\\:]/u.test(path) && !path.split("/").some((part) => part === ".." || part === ".");
  return isPlain ? path : null;
}

/** The file's real path, or null if it is not there or lies outside the folder, also through a link. */
async function fileInside(dir: string, name: string): Promise<string | null> {
  try {
    const root = await realpath(dir);
    const file = await realpath(resolve(root, `.${name}`));
    return file.startsWith(root + sep) ? file : null;
  } catch {
    return null;
  }
}

/** Two minutes of speech. */
const answerBytes = 1 << 19;

async function serveSound(
  meetingId: string,
  rangeHeader: string | null,
  sound: ServeOptions["sound"],
  answer: (status: number, headers?: Record<string, string>, body?: BodyInit | null) => Response,
): Promise<Response> {
  const store = await sound();
  if (store === null) throw new LyssnaError("not-found");
  const size = await store.sizeBytes(meetingId);
  const range = byteRange(rangeHeader, size);
  if (range === "unsatisfiable") return answer(416, { "content-range": `bytes */${size}` });
  const { start, end } = range === null ? { start: 0, end: size } : atMost(range);
  const headers = {
    "content-type": "audio/ogg",
    "accept-ranges": "bytes",
    "content-length": String(end - start),
    ...(range === null ? {} : { "content-range": `bytes ${start}-${end - 1}/${size}` }),
  };
  return answer(range === null ? 200 : 206, headers, streamOf(store.read(meetingId, start, end)));
}

/** An open range is answered in part, and the player asks on: what it will not play is not read and carried. */
const atMost = ({ start, end }: ByteRange): ByteRange => ({ start, end: Math.min(end, start + answerBytes) });

/** Frame by frame as the player asks. A seek cancels the stream, and with it the reading. */
function streamOf(frames: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = frames[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(new Uint8Array(next.value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
