// A server on this machine that answers as the hub does: lists, files by commit, ranges, redirects to a file server. And one
// that answers as servers do on bad days: cut, slow, too busy, wrong. Tests only.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";

/** How a file is to be answered, other than whole from where it is asked for. */
export type Answer =
  /** The connection breaks after so many bytes of what was asked for. */
  | { readonly cutAfter: number }
  /** So many bytes, and then nothing for ever. */
  | { readonly silentAfter: number }
  /** The answer ends politely after so many bytes, without having told a length. */
  | { readonly shortTo: number }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly sendTo: string }
  /** Other bytes than the list promises. */
  | { readonly bytes: Buffer }
  /** The whole file, whatever range is asked for. */
  | { readonly ignoreRange: true }
  /** A range, but another one than was asked for. */
  | { readonly shiftRange: number };

export interface HubFile {
  readonly sizeBytes: number;
  /** Only of files in the large-file store is the sum told. */
  readonly sha256?: string;
  readonly read: (from: number) => Readable;
}

export interface HubRequest {
  readonly path: string;
  readonly range: string | undefined;
}

export interface HubServer {
  readonly url: string;
  /** What was asked for, lists left out. */
  readonly requests: HubRequest[];
  /** Commit of a repository; changing it makes the files of the old one go. */
  revision: string;
  /** What a request for a file, or for the list ("list"), is answered with; null for what is right. */
  answer: (path: string, asked: number) => Answer | null;
  reset(): void;
  close(): Promise<void>;
}

export const fileOf = (bytes: Buffer, isLarge = true): HubFile => ({
  sizeBytes: bytes.length,
  ...(isLarge ? { sha256: createHash("sha256").update(bytes).digest("hex") } : {}),
  read: (from) => Readable.from([bytes.subarray(from)]),
});

/** @param files of each repository ("owner/name"), by path */
export async function startHub(
  files: Readonly<Record<string, ReadonlyMap<string, HubFile>>>,
  revision = "0123456789abcdef0123456789abcdef01234567",
): Promise<HubServer> {
  const right = () => null;
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    void respond(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hub: HubServer = {
    url,
    requests: [],
    revision,
    answer: right,
    reset() {
      hub.requests.length = 0;
      hub.revision = revision;
      hub.answer = right;
      asked.clear();
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "", url);
    const listed = /^\/api\/models\/(.+)\/revision\/[\w.-]+$/u.exec(pathname)?.[1];
    const [, repository = "", commit, file = ""] =
      /^\/(?:cdn\/)?([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/u.exec(pathname) ?? [];
    const path = listed === undefined ? file : "list";
    const count = asked.get(path) ?? 0;
    asked.set(path, count + 1);
    if (listed === undefined) hub.requests.push({ path, range: request.headers.range });
    const answer = hub.answer(path, count);
    if (answer !== null && "status" in answer) return void response.writeHead(answer.status, answer.headers).end("Nej");
    if (answer !== null && "sendTo" in answer) return void response.writeHead(302, { location: answer.sendTo }).end();
    const found = listed === undefined ? files[repository]?.get(file) : undefined;
    if (listed !== undefined && files[listed] !== undefined) return list(response, files[listed]);
    if (found === undefined || commit !== hub.revision) return void response.writeHead(404).end();
    await send(request, response, found, answer);
  }

  function list(response: ServerResponse, all: ReadonlyMap<string, HubFile>): void {
    const siblings = [...all].map(([rfilename, { sizeBytes: size, sha256 }]) =>
      sha256 === undefined ? { rfilename, size } : { rfilename, size, lfs: { sha256, size } },
    );
    response.end(JSON.stringify({ sha: hub.revision, siblings: [...siblings, { rfilename: "README.md", size: 3 }] }));
  }

  return hub;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  file: HubFile,
  answer: Exclude<Answer, { status: number } | { sendTo: string }> | null,
): Promise<void> {
  const range = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? "")?.[1] ?? 0);
  const isRange = range > 0 && !(answer !== null && "ignoreRange" in answer);
  const from = isRange ? range + (answer !== null && "shiftRange" in answer ? answer.shiftRange : 0) : 0;
  const other = answer !== null && "bytes" in answer ? answer.bytes : null;
  const total = other?.length ?? file.sizeBytes;
  const isShort = answer !== null && "shortTo" in answer;
  if (isRange) response.setHeader("content-range", `bytes ${from}-${total - 1}/${isShort ? "*" : total}`);
  if (!isShort) response.setHeader("content-length", Math.max(0, total - from));
  response.writeHead(isRange ? 206 : 200);
  const body = other === null ? file.read(from) : Readable.from([other.subarray(from)]);
  let left = Number.POSITIVE_INFINITY;
  if (answer !== null && "cutAfter" in answer) left = answer.cutAfter;
  if (answer !== null && "silentAfter" in answer) left = answer.silentAfter;
  if (answer !== null && "shortTo" in answer) left = answer.shortTo;
  // A length that is told and not kept makes Node close the connection, which is what a cut is.
  for await (const part of body) {
    const chunk = (part as Buffer).subarray(0, left);
    left -= chunk.length;
    if (response.destroyed) return;
    if (chunk.length > 0 && !response.write(chunk)) await drained(response);
    if (left <= 0) break;
  }
  if (answer !== null && "silentAfter" in answer) return;
  if (answer !== null && "cutAfter" in answer) return void setTimeout(() => response.destroy(), 20);
  response.end();
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      response.off("drain", end).off("close", end);
      done();
    };
    response.on("drain", end).on("close", end);
  });
