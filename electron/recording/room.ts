// Room on the disk: how many hours of sound it holds, and a little of it kept back for the end. Runs in main.
import { open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { LyssnaError } from "../errors.ts";
import { bytesPerHour } from "../recorded.ts";

export interface Room {
  /** Null where the system does not tell. */
  hoursLeft(): Promise<number | null>;
}

/** What is kept back: enough for the databases to write a recording's end. */
export interface Reserve {
  take(): Promise<void>;
  release(): Promise<void>;
}

const reserveBytes = 2 << 20;

export const roomIn = (dir: string): Room => ({
  async hoursLeft() {
    try {
      const { bavail, bsize } = await statfs(dir);
      return (bavail * bsize) / bytesPerHour;
    } catch {
      return null;
    }
  },
});

/** `take` throws no-room where there is not even room for the reserve, and leaves none of it. */
export function reserveIn(dir: string): Reserve {
  const path = join(dir, "reserve");
  return {
    async take() {
      const file = await open(path, "w", 0o600);
      try {
        // Written, not only sized: a file of holes takes no room.
        await file.write(Buffer.alloc(reserveBytes, 0xa5));
        await file.sync();
      } catch {
        await rm(path, { force: true });
        throw new LyssnaError("no-room", { path: dir });
      } finally {
        await file.close();
      }
    },
    release: () => rm(path, { force: true }),
  };
}
