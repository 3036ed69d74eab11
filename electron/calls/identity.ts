// Protected identities as the app turns them on and off, and what of a file's place the window is told. Runs in main.
// What is hidden of such a meeting is the store's to decide (store/protected.ts).
import type { Handlers, Settings } from "../contract.ts";
import { withoutFile } from "../store/protected.ts";
import type { Job, Meeting, MeetingId, NewMeeting, SoundStore, Store } from "../store/types.ts";
import type { Context } from "./context.ts";

/** Says when, and nothing about whom: "Skyddat samtal 10 mars 2026 kl. 09.02". */
export function protectedTitle(recordedAt: string, language: Settings["interfaceLanguage"]): string {
  const at = new Date(recordedAt);
  const [name, locale] = language === "sv" ? ["Skyddat samtal", "sv-SE"] : ["Protected meeting", "en-GB"];
  if (Number.isNaN(at.getTime())) return name;
  const day = at.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" });
  const time = at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  return language === "sv" ? `${name} ${day} kl. ${time.replace(":", ".")}` : `${name} ${day} at ${time}`;
}

/** The same store, in which a meeting is protected from its beginning where the person wants that, or its sources are. */
export function protectingStore<Opened extends Store & { readonly sound: SoundStore }>(
  store: Opened,
  settings: () => Settings,
): Opened {
  const named = (meeting: NewMeeting): NewMeeting => ({
    ...meeting,
    protectedTitle: protectedTitle(meeting.recordedAt, settings().interfaceLanguage),
  });
  return {
    ...store,
    createMeeting: (meeting) => store.createMeeting(settings().protectNew ? named(meeting) : meeting),
    async createReport(report, sources) {
      const meetings = await Promise.all(sources.map((id) => store.getMeeting(id)));
      const isProtected = settings().protectNew || meetings.some(({ protectedIdentity }) => protectedIdentity);
      return store.createReport(isProtected ? named(report) : report, sources);
    },
  };
}

export function identityHandlers(context: Context): Pick<Handlers, "meetings.protect"> {
  const { store } = context;
  return {
    async "meetings.protect"(ids, on) {
      const wanted = new Set<MeetingId>(ids);
      const meetings = await store.listMeetings();
      // A report tells what its sources tell.
      if (on)
        for (const { id, sources } of meetings)
          if (sources?.some(({ meetingId }) => meetingId !== null && wanted.has(meetingId))) wanted.add(id);
      const changed = meetings.filter(
        ({ id, protectedIdentity = false }) => wanted.has(id) && protectedIdentity !== on,
      );
      const language = context.settings().interfaceLanguage;
      await store.protectIdentity(
        new Map(changed.map(({ id, recordedAt }) => [id, on ? protectedTitle(recordedAt, language) : null])),
      );
      await context.refreshMeetings();
      await context.refreshJobs();
      await context.refreshOriginals();
      return null;
    },
  };
}

/** The queue as the window sees it: it is not told where files lie, nor what those of protected meetings are called. */
export function shownJobs(jobs: readonly Job[], meetings: readonly Meeting[]): readonly Job[] {
  const titles = new Map(
    meetings.flatMap(({ id, title, protectedIdentity }) => (protectedIdentity ? [[id, title] as const] : [])),
  );
  return jobs.map((job) => {
    const { task, error } = job;
    const title = titles.get(job.meetingId);
    return {
      ...job,
      task: task.kind === "process" ? { ...task, sourcePath: "" } : task,
      error: error !== null && title !== undefined ? withoutFile(error, title) : error,
    };
  });
}
