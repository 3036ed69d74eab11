// The machine examined, for the window and for whoever looks after it. Runs in main.
import type { AppHost } from "../app.ts";
import type { Handlers } from "../contract.ts";
import { examine } from "../doctor/examine.ts";
import type { Finding } from "../findings.ts";
import { createInference } from "../inference/client.ts";
import { listInstalledModels } from "../models/model-folder.ts";
import { findFfmpeg } from "../pipeline/ffmpeg.ts";

type ExamineHost = Pick<AppHost, "ffmpegDir" | "startInference" | "copyText" | "version">;

const devicesTimeoutMs = 60_000;

export function examineHandlers(
  host: ExamineHost,
  modelsDir: string,
): Pick<Handlers, "app.examine" | "app.copyFindings"> {
  let last: readonly Finding[] = [];
  return {
    async "app.examine"() {
      // A process of its own: the one that transcribes is not disturbed.
      const inference = createInference(host.startInference);
      const findings: Finding[] = [];
      try {
        const tools = {
          findFfmpeg: () => findFfmpeg({ env: process.env, bundledDir: host.ffmpegDir }),
          listDevices: () => inference.listDevices(AbortSignal.timeout(devicesTimeoutMs)),
          installedModels: () => listInstalledModels(modelsDir),
          dir: modelsDir,
          packaged: host.ffmpegDir !== undefined,
        };
        for await (const finding of examine(tools)) findings.push(finding);
      } finally {
        inference.close();
      }
      last = findings;
      return findings;
    },
    async "app.copyFindings"() {
      const lines = last.map(({ id, value, remark, problem }) =>
        [`${id}:`, value, remark ?? "", problem === null ? "" : `problem ${problem}`]
          .filter((part) => part !== "")
          .join(" "),
      );
      await host.copyText([`Lyssna ${host.version}`, ...lines].join("\n"));
      return null;
    },
  };
}
