// Copies bytes to a new file and sums them on the way, so that gigabytes are read once. Runs in main and the command line.
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

export interface Copied {
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

interface CopyWork {
  readonly signal: AbortSignal;
  readonly moved: (bytes: number) => void;
  /** Is called before more than this is written: what is longer than it says is not written. */
  readonly mostBytes?: number;
  readonly tooLong?: () => Error;
}

/** Through to the disk. Throws what reading and writing throw, and an AbortError. */
export async function copyBytes(source: AsyncIterable<Buffer>, target: string, work: CopyWork): Promise<Copied> {
  await mkdir(dirname(target), { recursive: true });
  const file = await open(target, "wx");
  const sum = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const part of source) {
      work.signal.throwIfAborted();
      sizeBytes += part.length;
      if (work.mostBytes !== undefined && sizeBytes > work.mostBytes) throw work.tooLong?.() ?? new Error("too long");
      sum.update(part);
      await writeAll(file, part, sizeBytes - part.length);
      work.moved(part.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: sum.digest("hex") };
}

/** All of the bytes, at a place in the file: a disk that fills up takes a part of them first, without an error. */
export async function writeAll(file: Pick<FileHandle, "write">, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
