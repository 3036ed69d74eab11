// Makes one document and ends. Runs in a worker thread of main; it can reach neither window nor network.
import { parentPort, workerData } from "node:worker_threads";
import type { ExportFormat } from "../contract.ts";
import { type ErrorData, toErrorData } from "../errors.ts";
import type { InterfaceLanguage } from "../formats.ts";
import { annexPdf } from "./annex/annex-pdf.ts";
import type { AnnexFacts } from "./annex/facts.ts";
import { annexOf } from "./annex/outline.ts";
import { exportDocument } from "./export-document.ts";
import type { ExportOptions } from "./options.ts";
import type { ExportInput } from "./outline.ts";

export interface ExportTask {
  readonly input: ExportInput;
  readonly format: ExportFormat;
  readonly language: InterfaceLanguage;
  readonly options: ExportOptions;
}

export interface AnnexTask {
  readonly annex: AnnexFacts;
  readonly language: InterfaceLanguage;
}

export type ExportReply = { readonly bytes: Uint8Array } | { readonly error: ErrorData };

async function answer(task: ExportTask | AnnexTask): Promise<ExportReply> {
  try {
    if ("annex" in task) return { bytes: await annexPdf(annexOf(task.annex, task.language)) };
    const { input, format, language, options } = task;
    return { bytes: await exportDocument(input, format, language, options) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(await answer(workerData as ExportTask | AnnexTask));
