// Calls that move house, and files that the system hands over: looked at first, taken in only when a person says so. Runs in
// main.
import { basename } from "node:path";
import { makePackage } from "../backup/make-package.ts";
import { peekPackage } from "../backup/package-file.ts";
import { takeIn, type TakingStore } from "../backup/take-in.ts";
import type { Handlers, OpenedFile, TemplateImport } from "../contract.ts";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { Template } from "../formats.ts";
import { refuse } from "../policy/state.ts";
import { readTemplate } from "../summary/templates.ts";
import type { Context } from "./context.ts";
import { localTime } from "./imports.ts";

interface PackageTools {
  readonly store: TakingStore;
  readonly version: string;
  readonly takeTemplate: (template: Template) => Promise<TemplateImport>;
}

export interface Packages {
  readonly handlers: Pick<Handlers, Extract<keyof Handlers, `package.${string}` | `opened.${string}`>>;
  /** Looks at a file and shows what it is. Never throws. */
  open(path: string): Promise<void>;
  /** Stops what is being moved, and waits for it. */
  close(): Promise<void>;
}

const tellEveryMs = 200;

export function openPackages(context: Context, { store, version, takeTemplate }: PackageTools): Packages {
  const { hub, dialogs } = context;
  let path: string | null = null;
  let running: { readonly stop: AbortController; readonly done: Promise<unknown> } | null = null;

  /** One move at a time, shown while it goes on. */
  async function moving<Result>(
    way: "make" | "take-in",
    run: (parts: { readonly signal: AbortSignal; readonly report: (fraction: number) => void }) => Promise<Result>,
  ): Promise<Result> {
    if (running !== null) throw new LyssnaError("package-busy");
    const stop = new AbortController();
    let toldAt = 0;
    const report = (fraction: number) => {
      if (performance.now() - toldAt < tellEveryMs) return;
      toldAt = performance.now();
      hub.set("moving", { way, fraction });
    };
    hub.set("moving", { way, fraction: 0 });
    const done = run({ signal: stop.signal, report });
    running = { stop, done };
    try {
      return await done;
    } finally {
      running = null;
      hub.set("moving", null);
    }
  }

  async function lookAt(file: string, from: string): Promise<OpenedFile> {
    const header = await peekPackage(from);
    const policy = context.policy();
    if (header !== null) {
      if (!policy.takeInPackage) refuse(policy);
      return { kind: "package", file, what: header.what, createdAt: header.createdAt };
    }
    if (!policy.ownTemplates) refuse(policy);
    const { title, sections } = await readTemplate(from);
    return { kind: "template", file, title, headings: sections.length };
  }

  async function open(from: string): Promise<void> {
    // What is being taken in stays what it is.
    if (running !== null) return;
    const file = basename(from);
    path = from;
    hub.set(
      "opened",
      await lookAt(file, from).catch(
        (error: unknown) => ({ kind: "refused", file, error: toErrorData(error) }) as const,
      ),
    );
  }

  return {
    handlers: {
      async "package.make"(meetingId, passphrase) {
        if (!context.policy().makePackage) refuse(context.policy());
        // A file's name is read by everybody who sees the file: a title may hold a name.
        const recordedAt =
          meetingId === null ? localTime(new Date()) : (await context.store.getMeeting(meetingId)).recordedAt;
        const out = await dialogs.chooseSavePath(`Lyssna ${recordedAt.slice(0, 10)}`, "lyssna");
        if (out === null) return null;
        const made = await moving("make", ({ signal, report }) =>
          makePackage(store, { out, passphrase, meetingId, appVersion: version, now: new Date(), signal, report }),
        );
        return { file: basename(out), ...made };
      },
      async "package.choose"() {
        const chosen = await dialogs.chooseOne("package");
        if (chosen !== null) await open(chosen);
        return null;
      },
      async "opened.show"(dropped) {
        await open(dropped);
        return null;
      },
      async "package.cancel"() {
        running?.stop.abort();
        return null;
      },
      async "opened.takeIn"(passphrase) {
        const opened = hub.current("opened");
        if (opened === null || opened.kind === "refused" || path === null) throw new LyssnaError("not-found");
        const from = path;
        const policy = context.policy();
        if (opened.kind === "template") {
          if (!policy.ownTemplates) refuse(policy);
          const taken = await takeTemplate(await readTemplate(from));
          hub.set("opened", null);
          return { kind: "template", ...taken };
        }
        if (!policy.takeInPackage) refuse(policy);
        try {
          const taken = await moving("take-in", ({ signal, report }) =>
            takeIn(store, { path: from, passphrase: passphrase ?? "", signal, report }),
          );
          hub.set("opened", null);
          return { kind: "package", ...taken };
        } finally {
          // Also after a full disk: the meetings that came in are whole.
          await context.setSettings({});
          await context.refreshMeetings();
          context.lookAtRules();
        }
      },
      async "opened.leave"() {
        // What is being taken in is stopped by its own button.
        if (running !== null) return null;
        path = null;
        hub.set("opened", null);
        return null;
      },
    },
    open,
    async close() {
      running?.stop.abort();
      await running?.done.catch(() => {});
    },
  };
}
