// Time in a window, where long silences are left out, against time in the recording. Pure.

/** A stretch of the recording. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Milliseconds of sound in all the spans together. */
export const packedLengthMs = (spans: readonly Span[]): number =>
  spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

/**
 * The stretches of the recording that lie between two times of the window, in order. Where the window's time is exactly
 * at a joint, a start belongs to what follows and an end to what went before, so that no silence is taken in.
 * Times outside the window count as its edges; an empty stretch of time gives one empty span.
 */
export function unpack(spans: readonly Span[], fromMs: number, toMs: number): Span[] {
  const lengthMs = packedLengthMs(spans);
  const from = Math.max(0, Math.min(fromMs, lengthMs));
  const to = Math.max(from, Math.min(toMs, lengthMs));
  if (from === to) {
    const atMs = toRecordingMs(spans, from);
    return [{ startMs: atMs, endMs: atMs }];
  }
  const stretches: Span[] = [];
  let packedMs = 0;
  for (const { startMs, endMs } of spans) {
    const first = Math.max(from, packedMs);
    const last = Math.min(to, packedMs + endMs - startMs);
    if (first < last) stretches.push({ startMs: startMs + first - packedMs, endMs: startMs + last - packedMs });
    packedMs += endMs - startMs;
  }
  return stretches;
}

/** Where in the recording a time of the window lies; at a joint, after it. */
export function toRecordingMs(spans: readonly Span[], atMs: number): number {
  let left = Math.max(0, atMs);
  for (const { startMs, endMs } of spans) {
    if (left < endMs - startMs) return startMs + left;
    left -= endMs - startMs;
  }
  return spans.at(-1)?.endMs ?? 0;
}

/** Where in the window a time of the recording lies, or null for a time that was left out. */
export function toPackedMs(spans: readonly Span[], atMs: number): number | null {
  let packedMs = 0;
  for (const { startMs, endMs } of spans) {
    if (atMs >= startMs && atMs <= endMs) return packedMs + atMs - startMs;
    packedMs += endMs - startMs;
  }
  return null;
}
