// Calls that take something out: files and the clipboard. Runs in main. Written whole or not at all.
import { access } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CallArgs, Handlers } from "../contract.ts";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";
import { reviewOf } from "../export/label.ts";
import { wholeDocument } from "../export/options.ts";
import type { ExportInput } from "../export/outline.ts";
import { headingText, plainText } from "../export/plain-text.ts";
import { exportInWorker } from "../export/run-export.ts";
import { writeWhole } from "../export/write-whole.ts";
import { transcriptsOf } from "../jobs/source-transcripts.ts";
import { refuseUndealt } from "../summary/undealt.ts";
import type { Context } from "./context.ts";
import { keepLogo, keptLogo } from "./logo.ts";
import { maskedIfOn } from "./masking.ts";
import { refuse } from "../policy/state.ts";
import { readLogo } from "./read-logo.ts";

type ExportHandlers = Pick<
  Handlers,
  "export.save" | "export.saveMany" | "export.chooseLogo" | "export.removeLogo" | "copy.heading" | "copy.summary"
>;

export function exportHandlers(context: Context): ExportHandlers {
  const { store, dialogs } = context;

  const summaryOf = async (meetingId: string) => {
    const latest = await store.latestSummary(meetingId);
    if (latest === null) throw new LyssnaError("not-found");
    refuseUndealt(latest.summary);
    return { summary: latest.summary, review: reviewOf(latest) };
  };

  /** As it is shown: with placeholders where the meeting is masked. */
  const shownSummary = async (meetingId: string) => {
    const { summary, review } = await summaryOf(meetingId);
    const transcripts = await transcriptsOf(await store.getMeeting(meetingId), store);
    const masked = await maskedIfOn(meetingId, store, { transcripts, summary });
    return {
      summary: masked?.summary ?? summary,
      review,
      transcripts: masked?.transcripts ?? transcripts,
      isMasked: masked !== null,
    };
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

  /** What there is to write of a meeting, and what the file is to be called; throws where it may not leave yet. */
  async function documentOf([meetingId, format, what, asked]: CallArgs<"export.save">) {
    const policy = context.policy();
    if (!policy.exportFormats.includes(format)) refuse(policy);
    const meeting = await store.getMeeting(meetingId);
    const { title: called, protectedIdentity = false } = meeting;
    // The store tells no names of a protected meeting; roles stand where they would.
    const options = protectedIdentity ? { ...asked, names: false } : asked;
    const all = await transcriptsOf(meeting, store);
    const written = what === "summary" ? await summaryOf(meetingId) : null;
    const masked = await maskedIfOn(meetingId, store, {
      transcripts: all,
      summary: written?.summary ?? null,
      title: called,
    });
    const title = masked?.title ?? called;
    const transcripts = masked?.transcripts ?? all;
    const [transcript] = transcripts;
    if (transcript === undefined) throw new LyssnaError("not-found");
    const summary = written === null ? null : { ...written, summary: masked?.summary ?? written.summary };
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
    // A title may hold a name, and a file's name goes further than its text. That of a protected meeting holds none.
    const isNeutral = (options.names && masked === null) || protectedIdentity;
    const name = fileNameOf(isNeutral ? title : (summary?.summary.template.title ?? "Lyssna"));
    const write = async (path: string): Promise<void> => {
      const language = context.settings().interfaceLanguage;
      const parts = {
        input,
        format,
        language,
        options: { ...options, masked: masked !== null, ...(await letterhead()) },
      };
      await writeWhole(path, await exportInWorker(parts));
      await store.noteEvent("exported", meetingId, { code: format });
    };
    return { name, day: meeting.recordedAt.slice(0, 10), write };
  }

  return {
    async "export.save"(...args) {
      const { name, write } = await documentOf(args);
      const path = await dialogs.chooseSavePath(name, args[1]);
      if (path === null) return null;
      await write(path);
      return path;
    },
    async "export.saveMany"(ids, format, what, options) {
      const folder = await dialogs.chooseFolder("export");
      if (folder === null) return null;
      const left: { readonly meetingId: string; readonly error: ErrorData }[] = [];
      const unique = [...new Set(ids)];
      for (const meetingId of unique) {
        try {
          const { name, day, write } = await documentOf([meetingId, format, what, options]);
          // By day, so that the folder reads as a diary.
          await write(await freePath(folder, `${day} ${name}`, format));
        } catch (error) {
          left.push({ meetingId, error: toErrorData(error) });
        }
      }
      return { folder, saved: unique.length - left.length, left };
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
      const { summary, review } = await shownSummary(meetingId);
      const section = summary.sections.find(({ id }) => id === sectionId);
      if (section === undefined) throw new LyssnaError("not-found");
      return copy(meetingId, "heading", headingText(section, context.settings().interfaceLanguage, review));
    },
    async "copy.summary"(meetingId) {
      const { summary, review, transcripts, isMasked } = await shownSummary(meetingId);
      const input = { kind: "summary", summary, review, transcript: transcripts } as const;
      const options = { ...wholeDocument, masked: isMasked };
      return copy(meetingId, "summary", plainText(input, context.settings().interfaceLanguage, options));
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

/** No file that lies there is written over. */
async function freePath(folder: string, name: string, extension: string): Promise<string> {
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? "" : ` (${String(count)})`}.${extension}`);
    const isTaken = await access(path).then(
      () => true,
      () => false,
    );
    if (!isTaken) return path;
  }
}
