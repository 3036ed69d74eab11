// The side of main and the command line: one inference process, or several side by side that share the windows.
import { LyssnaError } from "../errors.ts";
import { createLane } from "./lane.ts";
import type { Pace, SpeechModel, StartInference, TunableInference } from "./protocol.ts";

/** Voice activity runs in the first process. Cancelling ends every process that works for the cancelled caller. */
export function createInference(start: StartInference): TunableInference {
  const first = createLane(start);
  let lanes = [first];
  let wanted: SpeechModel | null = null;
  /** Ends the processes that tell voices apart. */
  const listeners = new Set<() => void>();

  /** As many processes as the model asks for; those that are too many end. */
  function lanesFor({ lanes: count = 1 }: SpeechModel) {
    for (const lane of lanes.splice(Math.max(1, count))) lane.close();
    while (lanes.length < count) lanes.push(createLane(start));
    return lanes;
  }

  return {
    async loadSpeech(model, signal) {
      wanted = model;
      const infos = await Promise.all(lanesFor(model).map((lane) => lane.load(model, signal)));
      const [info] = infos;
      if (info === undefined) throw new LyssnaError("worker-ended");
      return { ...info, windowsAtOnce: infos.reduce((sum, one) => sum + (one.windowsAtOnce ?? 1), 0) };
    },
    async openVoiceActivity() {
      const { stream } = await first.ask({ type: "vad-open" });
      return {
        push: (samples) => first.ask({ type: "vad-push", stream, samples }),
        close: () => first.ask({ type: "vad-close", stream }),
      };
    },
    async transcribeWindow(window, signal) {
      if (wanted === null) throw new LyssnaError("model-missing", { model: "–" });
      const idlest = lanes.toSorted((one, other) => one.pending - other.pending)[0] ?? first;
      // In one breath with the choice, so that the next caller sees this window waiting. A lane answers in order, so
      // the model is there before the window; a fresh process, after a crash, loads it again.
      const loaded = idlest.load(wanted, signal);
      const transcribed = idlest.ask({ type: "transcribe-window", window }, signal);
      const [, result] = await Promise.all([loaded, transcribed]);
      return result;
    },
    async openVoices(model, signal) {
      const own = Array.from({ length: Math.max(1, model.lanes ?? 1) }, () => createLane(start));
      const close = () => {
        for (const lane of own) lane.close();
        listeners.delete(close);
      };
      listeners.add(close);
      try {
        await Promise.all(own.map((lane) => lane.ask({ type: "load-voices", model }, signal)));
      } catch (error) {
        close();
        throw error;
      }
      return {
        // One computes and one waits beside it, so that none of them is ever idle.
        atOnce: own.length * 2,
        hear(piece, hearSignal) {
          const idlest = own.toSorted((one, other) => one.pending - other.pending)[0] ?? first;
          return idlest.ask({ type: "hear-voices", piece }, hearSignal);
        },
        close,
      };
    },
    async measurePace(signal) {
      const paces = await Promise.all(lanes.map((lane) => lane.ask({ type: "measure-pace" }, signal)));
      const [pace] = paces;
      if (pace === undefined) throw new LyssnaError("worker-ended");
      const slowest = (of: (one: Pace) => number) => Math.max(...paces.map(of));
      return {
        ...pace,
        listenMs: slowest(({ listenMs }) => listenMs),
        steps: pace.steps.map(({ rows }, at) => ({ rows, stepMs: slowest(({ steps }) => steps[at]?.stepMs ?? 0) })),
      };
    },
    listDevices: (signal) => first.ask({ type: "list-devices" }, signal),
    close() {
      for (const close of listeners) close();
      for (const lane of lanes) lane.close();
      lanes = [first];
    },
  };
}
