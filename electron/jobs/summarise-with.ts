// A summary by the engine that was asked for: the built-in one, or a language model that is loaded for it and let go after.
// Runs in main.
import { builtInEngineId } from "../engine-ids.ts";
import { LyssnaError } from "../errors.ts";
import type { Summary, SummarySection, Template, Transcript } from "../formats.ts";
import type { TextAnswer, TextModel } from "../inference/language-protocol.ts";
import type { Job, Store } from "../store/types.ts";
import { generateSummary } from "../summary/generative/generate-summary.ts";
import { summariseInWorker } from "../summary/run-summary.ts";
import type { Work } from "../work.ts";

export interface OpenedEngine {
  readonly model: TextModel;
  /** As it stands in the summary. */
  readonly engine: { readonly id: string; readonly version: string };
}

export interface Engines {
  /** The one that a job runs with where it names none. */
  readonly usual: () => string;
  readonly whenUnsupported: () => "mark" | "built-in";
  /** Loads a language model; whatever else is heavy goes first. Throws what loading throws. */
  open(id: string, signal: AbortSignal): Promise<OpenedEngine>;
  /** Gives back what the model held. */
  close(): void;
  /** Shows what it has written so far; null when it is done. */
  show(
    draft: {
      readonly meetingId: string;
      readonly sections: readonly SummarySection[];
      readonly asked?: boolean;
    } | null,
  ): void;
}

export const engineOf = ({ task }: Job, engines: Pick<Engines, "usual">): string =>
  (task.kind === "summarise" ? task.engine : undefined) ?? engines.usual();

/** Whether a job will load a language model. */
export const isLanguageJob = (job: Job, engines: Pick<Engines, "usual">): boolean =>
  job.task.kind === "summarise" && engineOf(job, engines) !== builtInEngineId;

/** Rejects as the engine does. A model's answers are kept, so that a job that was cut off goes on from there. */
export async function summariseWith(
  job: Job,
  transcripts: readonly Transcript[],
  template: Template,
  { engines, store }: { readonly engines: Engines; readonly store: Pick<Store, "listArtefacts" | "saveArtefact"> },
  { signal, report }: Work,
): Promise<Summary> {
  const id = engineOf(job, engines);
  if (id === builtInEngineId || template.refusesContent === true)
    return summariseInWorker(transcripts, template, { signal });
  if (transcripts.every(({ segments }) => segments.every(({ text }) => text.trim() === "")))
    throw new LyssnaError("transcript-empty");
  const kept = await store.listArtefacts(job.id, "summarise");
  try {
    const { model, engine } = await engines.open(id, signal);
    return await generateSummary(transcripts, template, model, {
      engine,
      whenUnsupported: engines.whenUnsupported(),
      signal,
      report: (fraction) => report({ stage: "summarise", fraction }),
      onDraft: (sections) => engines.show({ meetingId: job.meetingId, sections }),
      kept: {
        answers: new Map(kept.map(({ key, value }) => [key, value as TextAnswer])),
        keep: (key, value) => store.saveArtefact(job.id, { stage: "summarise", key, value }),
      },
    });
  } finally {
    engines.close();
    engines.show(null);
  }
}
