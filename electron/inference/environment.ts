// What the inference process gets of the environment. Runs anywhere.

/** Nothing that names a proxy, a token or a person's folders. */
const needed = ["PATH", "SystemRoot", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH"];

/**
 * glibc keeps what was freed below a limit that it raises by itself to 32 MB. A model's files and the graphs made of them
 * are in pieces of that size: held at 1 MB, their memory goes back to the system (90 MB of 410 for Whisper base).
 */
const returnMemory = { MALLOC_MMAP_THRESHOLD_: String(2 ** 20) };

export function inferenceEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const passedOn = needed.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passedOn), ...returnMemory };
}
