// Watches what an ONNX session is run with, so that the very same runs can be made again with nothing around them.
// Bench only.
import { InferenceSession, Tensor } from "onnxruntime-node";

/** What `InferenceSession.run` was called with. */
export interface Run {
  readonly feeds: InferenceSession.FeedsType;
  readonly fetches: InferenceSession.FetchesType | undefined;
}

/** Every session made while `work` runs. */
export async function sessionsMadeBy<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly sessions: readonly InferenceSession[] }> {
  const sessions: InferenceSession[] = [];
  const factory = InferenceSession as { create: (...args: readonly unknown[]) => Promise<InferenceSession> };
  const create = factory.create.bind(InferenceSession);
  factory.create = async (...args) => {
    const session = await create(...args);
    sessions.push(session);
    return session;
  };
  try {
    return { result: await work(), sessions };
  } finally {
    factory.create = create;
  }
}

/** Smaller inputs are kept as they were; larger ones are the live buffers, whose content has gone on. */
const copiedBelowBytes = 65_536;

/** Every run of a session while `work` runs, in order. */
export async function runsOf(session: InferenceSession, work: () => Promise<unknown>): Promise<readonly Run[]> {
  const runs: Run[] = [];
  const run = session.run.bind(session);
  session.run = (feeds: InferenceSession.FeedsType, fetches?: unknown) => {
    const wanted = Array.isArray(fetches) || isFetches(fetches) ? fetches : undefined;
    runs.push({ feeds: kept(feeds), fetches: wanted });
    return wanted === undefined ? run(feeds) : run(feeds, wanted);
  };
  try {
    await work();
    return runs;
  } finally {
    session.run = run;
  }
}

const kept = (feeds: InferenceSession.FeedsType): InferenceSession.FeedsType =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => {
      const { type, dims } = tensor;
      const data = tensor.data as Float32Array;
      return [name, data.byteLength < copiedBelowBytes ? new Tensor(type as "float32", data.slice(), dims) : tensor];
    }),
  );

const isFetches = (value: unknown): value is InferenceSession.FetchesType =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).some((one) => one === null || one instanceof Tensor);

/** Makes runs again, one after another, and does nothing else. */
export async function runAgain(session: InferenceSession, runs: readonly Run[]): Promise<void> {
  for (const { feeds, fetches } of runs)
    await (fetches === undefined ? session.run(feeds) : session.run(feeds, fetches));
}
