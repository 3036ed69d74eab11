// Things that happen after a while unless somebody thinks better of them. Runs in main.

export interface Regrets {
  begin(id: string): void;
  /** False when it is too late, or was never begun. */
  cancel(id: string): boolean;
  /** Milliseconds left, or null. */
  leftMs(id: string): number | null;
  /** Forgets all of them: none happens. */
  clear(): void;
}

export function createRegrets(afterMs: number, happen: (id: string) => void): Regrets {
  const waiting = new Map<string, { readonly timer: NodeJS.Timeout; readonly at: number }>();
  return {
    begin(id) {
      const timer = setTimeout(() => {
        waiting.delete(id);
        happen(id);
      }, afterMs);
      waiting.set(id, { timer, at: Date.now() + afterMs });
    },
    cancel(id) {
      clearTimeout(waiting.get(id)?.timer);
      return waiting.delete(id);
    },
    leftMs(id) {
      const found = waiting.get(id);
      return found === undefined ? null : Math.max(0, found.at - Date.now());
    },
    clear() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
