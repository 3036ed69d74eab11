// From a job in the queue to its work, with the whole job's progress and measured time left. Runs in main.
import { stageWeights } from "../pipeline/pipeline.ts";
import type { Job } from "../store/types.ts";
import { type Stage, stages } from "../work.ts";
import { type JobTools, type JobWork, processMeeting, summariseMeeting } from "./process-meeting.ts";
import type { JobStep } from "./runner.ts";
import { builtInEngineId } from "../engine-ids.ts";
import { engineOf } from "./summarise-with.ts";
import { createJobClock, type StageRates } from "./time-left.ts";

/** Name of the setting that keeps this machine's measured rates, by model. */
export const ratesSetting = "measuredRates";

export function createRunJob(options: JobTools) {
  const { store } = options;
  return async (job: Job, signal: AbortSignal, step: (step: JobStep) => void): Promise<void> => {
    const { task } = job;
    // A summary by a language model takes as long as that model does.
    const engine = engineOf(job, options.engines);
    const modelId = task.kind === "process" ? task.modelId : engine === builtInEngineId ? "" : engine;
    const allRates = ((await store.getSettings())[ratesSetting] ?? {}) as Readonly<Record<string, StageRates>>;
    const known = allRates[modelId] ?? {};
    const { durationMs } = await store.getMeeting(job.meetingId);
    const plan = (task.kind === "process" ? stages : (["summarise"] as const)).map(
      (stage): readonly [Stage, number] => [stage, stageWeights[stage]],
    );
    const clock = createJobClock(plan, durationMs, known, job.fraction);
    const work: JobWork = {
      signal,
      report: (progress) => step({ stage: progress.stage, ...clock.advance(progress, performance.now()) }),
      soundLength: clock.setSound,
    };
    if (task.kind === "process") await processMeeting(job, task, options, work);
    else await summariseMeeting(job, await options.template(task.templateId), options, work);
    if (Object.keys(clock.measured()).length > 0) {
      await store.setSetting(ratesSetting, {
        ...allRates,
        [modelId]: { ...known, ...clock.measured() },
      });
    }
  };
}
