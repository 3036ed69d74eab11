// Reads the outline of one old document and ends. Runs in a worker thread of main: a long document, or a Word file, takes
// longer than a frame.
import { parentPort, workerData } from "node:worker_threads";
import { type ErrorData, toErrorData } from "../errors.ts";
import { fileLines, htmlLines, textLines } from "./document-lines.ts";
import { findHeadings, type Outline } from "./find-headings.ts";

export type OutlineTask =
  | { readonly kind: "pasted"; readonly text: string; readonly html: string }
  | { readonly kind: "file"; readonly path: string };

export type OutlineReply = { readonly outline: Outline } | { readonly error: ErrorData };

/** Pasted HTML tells more than the plain text beside it, unless its formatting was lost on the way. */
async function read(task: OutlineTask): Promise<Outline> {
  if (task.kind === "file") return findHeadings(await fileLines(task.path));
  const formatted = findHeadings(htmlLines(task.html));
  if (formatted.headings.length > 1) return formatted;
  const plain = findHeadings(textLines(task.text));
  return plain.headings.length > formatted.headings.length ? plain : formatted;
}

async function answer(task: OutlineTask): Promise<OutlineReply> {
  try {
    return { outline: await read(task) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(await answer(workerData as OutlineTask));
