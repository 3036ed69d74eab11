// What a person can ask of a bench run. Bench only.

export interface BenchOptions {
  readonly sizes: readonly string[];
  /** Minutes of sound for base; the other sizes take a share of them. */
  readonly minutes: number;
  /** Rounds of the opponents; ours runs before and after each. */
  readonly rounds: number;
  /** Threads of each system, in all its processes together. */
  readonly threads: number;
  /** Our inference processes side by side, and the windows that each decodes together; null for what ours chooses. */
  readonly lanes: number | null;
  readonly batch: number | null;
  /** Three minutes of sound instead of thirty, half an hour instead of three: for daily use. */
  readonly quick: boolean;
  /** Rows to measure; empty for all. */
  readonly only: readonly string[];
  /** Folder of a built whisper.cpp, or null. */
  readonly whisperCpp: string | null;
  /**
   * For summaries, a folder with meetings and gold answers, or null for the project's own. For workspace, a folder in
   * which the large library is kept between runs, or null to make it and throw it away.
   */
  readonly data: string | null;
  readonly progress: (line: string) => void;
}
