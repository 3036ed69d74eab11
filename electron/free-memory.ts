// Gives memory back at a moment of our choosing. Runs under Node.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options?: { readonly type: "minor" }) => void;
let collect: Collect | null = null;

function collector(): Collect {
  if (collect === null) {
    setFlagsFromString("--expose-gc");
    collect = (runInNewContext("globalThis.gc") as Collect | undefined) ?? (() => {});
  }
  return collect;
}

/**
 * Collects what nothing refers to any more. A model's files and the graphs made of them are hundreds of megabytes that
 * the collector sees as a few small handles, and so leaves for minutes: 155 MB of 570 for Whisper base.
 */
export function freeMemory(): void {
  collector()();
}

/**
 * The same for what is young, in a millisecond or two. A window of sound is 2 MB, and as much again on its way to another
 * process: over hours they would pile up to tens of megabytes before the collector saw a reason to come.
 */
export function freeRecent(): void {
  collector()({ type: "minor" });
}

/**
 * Frees an array's memory at once; the array is empty from then on. For memory that lived so long that the collector
 * would leave it lying, and that the array shares with nobody.
 */
export function letGo({ buffer }: Float32Array): void {
  (buffer as ArrayBuffer).transfer(0);
}
