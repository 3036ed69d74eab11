// Rules for gallring as they run: the clock that counts, what is shown of them, and what they take away. Runs in main.
import { createHash } from "node:crypto";
import type { LoggedEvent, LogMore } from "../log-events.ts";
import { goesAnything, type MeetingRetention, type Retention } from "../retention-rules.ts";
import type { Meeting, MeetingId, RetentionFacts, Store } from "../store/types.ts";
import { believedAfterMs, type ClockMark, firstMark, readClock } from "./clock.ts";
import { dayMs, dueOf, type Moment, overdue, ruleFor } from "./due.ts";

/** Looked at this often, and when the next part is due, and after every approval. */
const everyMs = 3_600_000;
const clockMark = "clock";
const rulesMark = "retention-rules";

export interface KeepRulesTools {
  readonly store: Pick<
    Store,
    | "listRetentionFacts"
    | "takeAway"
    | "deleteMeeting"
    | "noteEvent"
    | "getMark"
    | "setMark"
    | "shortenLog"
    | "listJobs"
    | "getMeeting"
  >;
  readonly rules: () => Retention;
  /** Lines of the log are kept for so many days; null keeps them all. */
  readonly logDays: () => number | null;
  /** False while nobody knows the organisation's rules. */
  readonly mayDelete: () => boolean;
  /** The computer's clock, milliseconds since 1970. */
  readonly wall: () => number;
  /** A clock that nobody can turn, milliseconds since whenever. */
  readonly steady: () => number;
  /** Meetings that are being recorded or worked on: their turn comes when that has ended. */
  readonly recording: () => MeetingId | null;
  /** Something was taken away, or the clock is not as it was. */
  readonly changed: (taken: number) => Promise<void>;
}

export type ClockState = "right" | "back" | "ahead";

export interface RulesKeeper {
  /** Takes away what is due. Answers how many meetings lost something. */
  sweep(): Promise<number>;
  /** The meetings with what the rules come to for each. */
  shown(meetings: readonly Meeting[]): Promise<readonly Meeting[]>;
  /** What the rules come to for one; null where none holds. */
  of(id: MeetingId): Promise<MeetingRetention | null>;
  /** The time that counts. */
  nowMs(): number;
  clock(): ClockState;
  /** A person says that the clock is right, far ahead as it is. */
  believeClock(): Promise<void>;
  start(): void;
  /** What is being taken away is taken away first. */
  stop(): Promise<void>;
}

/** The beginning of the rules' SHA-256: what a line of the log calls them. */
export const rulesName = (rules: unknown): string =>
  createHash("sha256").update(JSON.stringify(rules)).digest("hex").slice(0, 12);

interface RulesMark {
  readonly name: string;
  readonly sinceMs: number;
  /** Every set of rules that held, by name: the log names them. */
  readonly known: Readonly<Record<string, Retention>>;
}

/** Every set of rules that ever held in this folder, by the name that lines of the log call them. */
export async function knownRules(store: Pick<Store, "getMark">): Promise<Readonly<Record<string, Retention>>> {
  return ((await store.getMark(rulesMark)) as RulesMark | null)?.known ?? {};
}

export async function keepRules(tools: KeepRulesTools): Promise<RulesKeeper> {
  const { store } = tools;
  let mark = ((await store.getMark(clockMark)) as ClockMark | null) ?? firstMark;
  let rulesNow = (await store.getMark(rulesMark)) as RulesMark | null;
  let moment: Moment = { nowMs: Math.max(mark.seenMs, tools.wall()), rulesSinceMs: rulesNow?.sinceMs ?? 0 };
  let lookedAt: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let running: Promise<number> | null = null;

  const tell = (event: LoggedEvent, more: LogMore) => store.noteEvent(event, null, { by: "app", ...more });

  /** Looks at the clock, and notes rules that are new. */
  async function look(): Promise<void> {
    const wallMs = tools.wall();
    const steadyMs = tools.steady();
    const reading = readClock(mark, wallMs, lookedAt === null ? 0 : steadyMs - lookedAt);
    lookedAt = steadyMs;
    const skewMs = Math.abs(wallMs - reading.nowMs);
    ({ mark } = reading);
    await store.setMark(clockMark, mark);
    if (reading.event === "clock-back") await tell("clock-back", { count: Math.round(skewMs / 60_000) });
    if (reading.event === "clock-ahead") await tell("clock-ahead", { count: Math.round(skewMs / dayMs) });

    const rules = tools.rules();
    const name = rulesName(rules);
    if (rulesNow?.name !== name) {
      // The first rules of a new folder are nothing that anybody was to be warned of.
      const sinceMs = rulesNow === null ? 0 : reading.nowMs;
      if (rulesNow !== null || goesAnything(rules)) await tell("rules-changed", { rules: name });
      rulesNow = { name, sinceMs, known: { ...rulesNow?.known, [name]: rules } };
      await store.setMark(rulesMark, rulesNow);
    }
    moment = { nowMs: reading.nowMs, rulesSinceMs: rulesNow.sinceMs };
  }

  async function busyMeetings(): Promise<ReadonlySet<MeetingId>> {
    const jobs = (await store.listJobs()).filter(({ state }) => state === "queued" || state === "running");
    const recorded = tools.recording();
    return new Set([...jobs.map(({ meetingId }) => meetingId), ...(recorded === null ? [] : [recorded])]);
  }

  async function takeFrom(facts: RetentionFacts, rules: Retention): Promise<boolean> {
    const parts = overdue(dueOf(facts, rules, moment), moment.nowMs);
    if (parts.length === 0) return false;
    const name = rulesName(rules);
    const left = {
      sound: facts.hasSound && !parts.includes("sound"),
      transcript: facts.hasTranscript && !parts.includes("transcript"),
      summary: facts.hasSummary && !parts.includes("summary"),
    };
    const isEmpty = !left.sound && !left.transcript && !left.summary;
    // Written down first: what a power cut leaves undone is done, and told, once more.
    for (const part of parts) await store.noteEvent("deleted", facts.id, { by: "rule", code: part, rules: name });
    await store.takeAway(facts.id, parts);
    if (isEmpty && parts.some((part) => part !== "original")) {
      await store.noteEvent("deleted", facts.id, { by: "rule", code: "meeting", rules: name });
      await store.deleteMeeting(facts.id);
    }
    return true;
  }

  async function takeAll(): Promise<number> {
    await look();
    const rules = tools.rules();
    const days = tools.logDays();
    if (days !== null && mark.aheadMs === null) {
      const count = await store.shortenLog(new Date(moment.nowMs - days * dayMs).toISOString());
      if (count > 0) await tell("log-shortened", { count });
    }
    if (!goesAnything(rules) || !tools.mayDelete()) {
      again(null);
      return 0;
    }
    const busy = await busyMeetings();
    let taken = 0;
    let nextMs: number | null = null;
    for (const facts of await store.listRetentionFacts()) {
      if (stopped) return taken;
      const { dueAt } = dueOf(facts, rules, moment);
      if (dueAt === null) continue;
      if (!busy.has(facts.id) && (await takeFrom(facts, rules))) taken += 1;
      else if (!busy.has(facts.id)) nextMs = Math.min(nextMs ?? Number.POSITIVE_INFINITY, Date.parse(dueAt));
    }
    again(nextMs);
    return taken;
  }

  function again(nextMs: number | null): void {
    if (timer !== null) clearTimeout(timer);
    if (stopped || lookedAt === null) return;
    const waitMs = Math.min(everyMs, nextMs === null ? everyMs : Math.max(1000, nextMs - moment.nowMs));
    timer = setTimeout(() => void keeper.sweep().catch(() => again(null)), waitMs);
    timer.unref();
  }

  const keeper: RulesKeeper = {
    sweep() {
      running = (running ?? Promise.resolve(0))
        .catch(() => 0)
        .then(takeAll)
        .then(async (taken) => {
          await tools.changed(taken);
          return taken;
        });
      return running;
    },
    async shown(meetings) {
      const rules = tools.rules();
      if (!goesAnything(rules)) return meetings;
      const facts = await store.listRetentionFacts();
      const byId = new Map(facts.map((one) => [one.id, one]));
      return meetings.map((meeting) => {
        const own = byId.get(meeting.id);
        if (own === undefined || !concerns(rules, own)) return meeting;
        return { ...meeting, retention: dueOf(own, rules, moment) };
      });
    },
    async of(id) {
      await store.getMeeting(id);
      const facts = (await store.listRetentionFacts()).find((one) => one.id === id);
      return facts === undefined ? null : dueOf(facts, tools.rules(), moment);
    },
    nowMs: () => moment.nowMs,
    clock: () => (mark.aheadMs !== null ? "ahead" : mark.back ? "back" : "right"),
    async believeClock() {
      if (mark.aheadMs === null) return;
      mark = { ...mark, aheadMs: tools.wall() - believedAfterMs };
      await store.noteEvent("clock-confirmed", null, { by: "person" });
      await keeper.sweep();
    },
    start() {
      void keeper.sweep().catch(() => again(null));
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running?.catch(() => {});
    },
  };
  await look();
  return keeper;
}

/** Where the rule takes nothing away, only a case that is marked as open is worth showing. */
const concerns = (rules: Retention, facts: RetentionFacts): boolean => {
  const rule = ruleFor(rules, facts.templateId);
  return (
    facts.caseOpen || rule.sound !== null || rule.transcript !== null || rule.summary !== null || rule.original !== null
  );
};
