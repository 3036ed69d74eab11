// Calls that take something out: files and the clipboard. Runs in main. Written whole or not at all.
import { basename } from "node:path";
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import { reviewOf } from "../export/label.ts";
import type { ExportInput } from "../export/outline.ts";
import { headingText, plainText } from "../export/plain-text.ts";
import { exportInWorker } from "../export/run-export.ts";
import { writeWhole } from "../export/write-whole.ts";
import { transcriptsOf } from "../jobs/source-transcripts.ts";
import { refuseUndealt } from "../summary/undealt.ts";
import type { Context } from "./context.ts";
import { keepLogo, keptLogo } from "./logo.ts";
import { refuse } from "./policies.ts";
import { readLogo } from "./read-logo.ts";

type ExportHandlers = Pick<
  Handlers,
  "export.save" | "export.chooseLogo" | "export.removeLogo" | "copy.heading" | "copy.summary"
>;

export function exportHandlers(context: Context): ExportHandlers {
  const { store, dialogs } = context;

  const summaryOf = async (meetingId: string) => {
    const latest = await store.latestSummary(meetingId);
    if (latest === null) throw new LyssnaError("not-found");
    refuseUndealt(latest.summary);
    return { summary: latest.summary, review: reviewOf(latest) };
  };

  const letterhead = async () => {
    const organisation = context.settings().organisationName.trim();
    const logo = await keptLogo(store);
    if (organisation === "" && logo === null) return {};
    return { letterhead: { organisation, ...(logo === null ? {} : { logo }) } };
  };

  const copy = async (meetingId: string, code: "heading" | "summary", text: string) => {
    if (!context.policy().copy) refuse(context.policy());
    const kept = await dialogs.copyText(text);
    if (!kept && context.settings().copyWarning === "none") await context.setSettings({ copyWarning: "due" });
    await store.noteEvent("copied", meetingId, { code });
    return null;
  };

  return {
    async "export.save"(meetingId, format, what, options) {
      const policy = context.policy();
      if (!policy.exportFormats.includes(format)) refuse(policy);
      const meeting = await store.getMeeting(meetingId);
      const { title } = meeting;
      const transcripts = await transcriptsOf(meeting, store);
      const [transcript] = transcripts;
      if (transcript === undefined) throw new LyssnaError("not-found");
      const summary = what === "summary" ? await summaryOf(meetingId) : null;
      // A title may hold a name, and a file's name goes further than its text.
      const name = options.names ? title : (summary?.summary.template.title ?? "Lyssna");
      const path = await dialogs.chooseSavePath(fileNameOf(name), format);
      if (path === null) return null;
      const record = await store.getRecording(meetingId);
      const consent = record === null ? {} : { consent: record.consent };
      const input: ExportInput =
        summary === null
          ? { kind: "transcript", transcript: { ...transcript, title }, ...consent }
          : {
              kind: "summary",
              summary: { ...summary.summary, title },
              review: summary.review,
              ...consent,
              transcript: transcripts.length > 1 ? transcripts : { ...transcript, title },
            };
      const language = context.settings().interfaceLanguage;
      const bytes = await exportInWorker({ input, format, language, options: { ...options, ...(await letterhead()) } });
      await writeWhole(path, bytes);
      await store.noteEvent("exported", meetingId, { code: format });
      return path;
    },
    async "export.chooseLogo"() {
      const path = await dialogs.chooseOne("logo");
      if (path === null) return null;
      await keepLogo(store, await readLogo(path));
      const logoName = basename(path).slice(0, 255);
      await context.setSettings({ logoName });
      return logoName;
    },
    async "export.removeLogo"() {
      await keepLogo(store, null);
      await context.setSettings({ logoName: "" });
      return null;
    },
    async "copy.heading"(meetingId, sectionId) {
      const { summary, review } = await summaryOf(meetingId);
      const section = summary.sections.find(({ id }) => id === sectionId);
      if (section === undefined) throw new LyssnaError("not-found");
      return copy(meetingId, "heading", headingText(section, context.settings().interfaceLanguage, review));
    },
    async "copy.summary"(meetingId) {
      const { summary, review } = await summaryOf(meetingId);
      const transcripts = await transcriptsOf(await store.getMeeting(meetingId), store);
      const input = { kind: "summary", summary, review, transcript: transcripts } as const;
      return copy(meetingId, "summary", plainText(input, context.settings().interfaceLanguage));
    },
  };
}

/** A title as a file name on every system: no separators, no reserved signs, no leading dot or dash. */
export function fileNameOf(title: string): string {
  const name = title
    .normalize("NFC")
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, " ")
    .replace(/\s+/gu, " ")
    .replace(/^[\s.-]+|[\s.]+$/gu, "")
    .slice(0, 100);
  return name === "" ? "Lyssna" : name;
}
