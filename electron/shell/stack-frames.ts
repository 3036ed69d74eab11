// Where an error was thrown, without what it says: messages may quote what was being read. Runs in main.

/** The error's kind, system code and stack frames, line by line. */
export function frames(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as NodeJS.ErrnoException;
  const lines = (error.stack ?? "").split("\n").filter((line) => /^\s+at /u.test(line));
  const cause = error.cause === undefined ? [] : [`caused by ${frames(error.cause)}`];
  return [`${error.name}${typeof code === "string" ? ` ${code}` : ""}`, ...lines, ...cause].join("\n");
}
