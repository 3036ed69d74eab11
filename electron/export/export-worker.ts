// Makes one document and ends. Runs in a worker thread of main; it can reach neither window nor network.
import { parentPort, workerData } from "node:worker_threads";
import type { ExportFormat } from "../contract.ts";
import { type ErrorData, toErrorData } from "../errors.ts";
import type { InterfaceLanguage } from "../formats.ts";
import { exportDocument } from "./export-document.ts";
import type { ExportOptions } from "./options.ts";
import type { ExportInput } from "./outline.ts";

export interface ExportTask {
  readonly input: ExportInput;
  readonly format: ExportFormat;
  readonly language: InterfaceLanguage;
  readonly options: ExportOptions;
}

export type ExportReply = { readonly bytes: Uint8Array } | { readonly error: ErrorData };

async function answer({ input, format, language, options }: ExportTask): Promise<ExportReply> {
  try {
    return { bytes: await exportDocument(input, format, language, options) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(await answer(workerData as ExportTask));
