// Calls about gallring: put off, taken up again, a case that is open. Runs in main.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import { dayMs } from "../retention/due.ts";
import type { RulesKeeper } from "../retention/keep-rules.ts";
import type { MeetingId } from "../store/types.ts";
import type { Context } from "./context.ts";

type RetentionHandlers = Pick<Handlers, Extract<keyof Handlers, `retention.${string}`>>;

export function retentionHandlers(context: Context, keeper: RulesKeeper): RetentionHandlers {
  const { store } = context;

  async function of(id: MeetingId) {
    const found = await keeper.of(id);
    if (found === null) throw new LyssnaError("not-found");
    return found;
  }

  async function afterwards(id: MeetingId) {
    await context.refreshMeetings();
    return of(id);
  }

  return {
    "retention.get": of,
    async "retention.keep"(id, { until, reason }) {
      const before = await of(id);
      const date = before.mayKeepUntil ?? before.dueAt ?? "–";
      if (before.mayKeepUntil === null || until > before.mayKeepUntil)
        throw new LyssnaError("keep-refused", { date: date.slice(0, 10) });
      await store.keepUntil(id, { until, reason });
      const days = Math.max(0, Math.round((Date.parse(until) - keeper.nowMs()) / dayMs));
      await store.noteEvent("kept-longer", id, { count: days });
      return afterwards(id);
    },
    async "retention.release"(id) {
      await store.keepUntil(id, null);
      await store.noteEvent("kept-no-longer", id);
      return afterwards(id);
    },
    async "retention.setCase"(id, open) {
      await store.setCaseOpen(id, open);
      await store.noteEvent(open ? "case-opened" : "case-closed", id);
      return afterwards(id);
    },
    async "retention.believeClock"() {
      await keeper.believeClock();
      return null;
    },
  };
}
