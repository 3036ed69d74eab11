// What is heard of voices: kept piece by piece so that a job goes on, used for one meeting alone, gone when it is approved.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type App, type AppHost, createApp } from "../../electron/app.ts";
import type { Meeting } from "../../electron/contract.ts";
import { LyssnaError } from "../../electron/errors.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { HeardWindow, Inference, VoicesRequest } from "../../electron/inference/protocol.ts";
import { hearVoices } from "../../electron/pipeline/hear-voices.ts";
import { openDatabase } from "../../electron/store/database.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import { unpackWindows } from "../../electron/voices/keep-windows.ts";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { temporaryFolder, withoutFfmpeg } from "../sound-files.ts";
import { makeStandInVoices } from "../voices/stand-in-voices.ts";

describe("hearing voices", () => {
  const durationMs = 90_000;
  const regions = [{ startMs: 0, endMs: durationMs, cuts: [] }];
  async function* openPcm(startMs: number) {
    for (let ms = startMs; ms < durationMs; ms += 1000) yield new Float32Array(16_000).fill(ms);
  }
  function scripted(hear: (piece: VoicesRequest, asked: number) => Promise<void> = async () => {}) {
    const asked: number[] = [];
    let closed = 0;
    const openVoices: Inference["openVoices"] = async () => ({
      atOnce: 2,
      async hear(piece) {
        // The first sample tells the time.
        asked.push(piece.samples[0] ?? -1);
        await hear(piece, asked.length);
        const count = Math.round((piece.samples.length / 16_000 - 10) / 5) + 1;
        return Array.from({ length: count }, (): HeardWindow => ({ activity: new Uint8Array(589), voices: [] }));
      },
      close: () => void closed++,
    });
    return { inference: { openVoices } as unknown as Inference, asked, closed: () => closed };
  }
  const run = (
    { inference }: ReturnType<typeof scripted>,
    pieces: Map<number, Uint8Array>,
    signal = new AbortController().signal,
    report: (progress: { readonly fraction: number }) => void = () => {},
  ) => {
    const keep = async (first: number, bytes: Uint8Array) => void pieces.set(first, bytes);
    const kept = { pieces: new Map(pieces), keep };
    return hearVoices({ openPcm, regions, durationMs, model: { dir: "" }, inference, kept }, { signal, report });
  };

  test("goes on at the pieces that are missing, and the answer is the undisturbed one", async () => {
    const whole = await run(scripted(), new Map());
    const pieces = new Map<number, Uint8Array>();
    const dies = scripted(async (_, asked) => {
      if (asked === 3) throw new LyssnaError("worker-ended");
    });
    await assert.rejects(run(dies, pieces), { code: "worker-ended" });
    assert.ok(pieces.size > 0 && pieces.size < whole.pieces.length);
    assert.equal(dies.closed(), 1);
    const again = scripted();
    const heardBefore = pieces.size;
    const fractions: number[] = [];
    const resumed = await run(again, pieces, undefined, ({ fraction }) => fractions.push(fraction));
    assert.equal(again.asked.length, whole.pieces.length - heardBefore);
    assert.deepEqual(resumed, whole);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    assert.equal(fractions.at(-1), 1);
    const windows = resumed.pieces.flatMap((bytes) => unpackWindows(bytes) ?? []).map(({ index }) => index);
    assert.deepEqual(
      windows,
      Array.from({ length: resumed.windowCount }, (_, at) => at),
    );
    // All of it is there: nothing is started at all.
    const idle = scripted();
    await run(idle, pieces);
    assert.deepEqual([idle.asked.length, idle.closed()], [0, 0]);
  });

  test("stops when it is cancelled, keeps what was heard and ends its processes", async () => {
    const stop = new AbortController();
    const pieces = new Map<number, Uint8Array>();
    const listener = scripted(async (_, asked) => {
      if (asked === 2) stop.abort(new LyssnaError("cancelled"));
    });
    await assert.rejects(run(listener, pieces, stop.signal), { code: "cancelled" });
    assert.ok(listener.asked.length < 4);
    assert.equal(listener.closed(), 1);
  });
});

describe("voices in the app", { skip: withoutFfmpeg }, () => {
  const folder = temporaryFolder();
  const key = randomBytes(32);
  const recording = join(folder.dir, "samtal.wav");
  const dataDir = join(folder.dir, "data");
  let app: App;
  let meeting: Meeting;

  const host: AppHost = {
    dataDir,
    demonstrationDir: join(folder.dir, "demonstration"),
    key: async () => key,
    startInference: startNodeInference(),
    chooseFiles: async () => [recording],
    chooseFolder: async () => null,
    chooseGlossary: async () => null,
    chooseOne: async () => null,
    chooseSavePath: async () => null,
    trash: async () => {},
    copyText: async () => true,
    fetch: () => assert.fail("nothing may reach the network"),
    standIn: true,
    version: "0.0.0",
  };
  before(async () => {
    writeFileSync(
      recording,
      wavBytes(say("Jag kan inte betala hyran. Vi beslutar att du ska söka bidrag på måndag.", loadVoice())),
    );
    await makeStandInVoices(join(dataDir, "models", "voices"));
    app = await createApp(host);
    await app.handlers["settings.set"]({ modelId: "demonstration" });
  });
  after(async () => {
    await app.close();
    folder[Symbol.dispose]();
  });

  /** Every value in every table of both databases that holds any of these bytes, as bytes or as text. */
  function tracesOf(needles: readonly Buffer[]): string[] {
    const found: string[] = [];
    for (const [file, name] of [
      ["store.db", "database"],
      ["keys.db", "sound"],
    ] as const) {
      const db = openDatabase(join(dataDir, file), subkey(key, name), { readonly: true });
      const tables = db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      for (const { name: table } of tables) {
        let rows: Record<string, unknown>[] = [];
        try {
          rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
        } catch {
          // A shadow table of the search index that cannot be read as it is.
        }
        for (const row of rows)
          for (const value of Object.values(row)) {
            const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
            if (needles.some((needle) => bytes.includes(needle))) found.push(`${file} ${table}`);
          }
      }
      db.close();
    }
    return [...new Set(found)];
  }

  test("are told apart with the models that are installed, and what was heard is kept beside the sound's keys alone", async () => {
    const [imported] = await app.handlers["import.choose"]();
    assert.ok(imported);
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      const status = app.snapshot("meetings").find(({ id }) => id === imported.id)?.status;
      if (status === "to-review" || status === "failed" || status === "no-speech") resolve();
    };
    app.onSnapshot(look);
    look();
    await promise;
    meeting = await app.handlers["meetings.get"](imported.id);
    assert.deepEqual([meeting.status, meeting.error], ["to-review", null]);
    const { segments, speakers } = await app.handlers["transcripts.get"](meeting.id);
    assert.deepEqual(
      speakers.map(({ name }) => name),
      ["Talare 1"],
    );
    assert.ok(segments.every(({ speakerCertainty }) => speakerCertainty !== undefined));
    assert.equal(await app.handlers["voices.known"](meeting.id), true);
    assert.deepEqual(tracesOf(await needles()), ["keys.db voices"]);
  });

  const needles = async (): Promise<Buffer[]> => {
    const pieces = (await app.sound?.listVoices(meeting.id)) ?? new Map<number, Uint8Array>();
    return [...pieces.values()].flatMap((bytes) =>
      (unpackWindows(bytes) ?? []).flatMap(({ voices }) =>
        voices.flatMap(({ embedding }) => {
          const raw = Buffer.from(embedding.buffer, embedding.byteOffset, 240);
          return [raw, Buffer.from(raw.toString("base64"))];
        }),
      ),
    );
  };

  test("telling them apart anew is a correction like any other", async () => {
    assert.equal(await app.handlers["voices.learn"](meeting.id), 0);
    assert.equal(await app.handlers["voices.count"](meeting.id, 1), 0);
    await assert.rejects(app.handlers["voices.split"](meeting.id, "Z"), { code: "not-found" });
  });

  test("are gone from every table once the meeting is approved", async () => {
    const traces = await needles();
    assert.ok(traces.length > 0);
    const [version] = await app.handlers["summaries.list"](meeting.id);
    assert.ok(version);
    const summary = {
      ...version.summary,
      unplaced: [],
      sections: version.summary.sections.map((section) => ({ ...section, items: [] })),
    };
    const { id } = await app.handlers["summaries.save"](meeting.id, version.id, summary);
    await app.handlers["summaries.approve"](meeting.id, id, "Prov");
    assert.equal(await app.handlers["voices.known"](meeting.id), false);
    assert.deepEqual(tracesOf(traces), []);
  });
});
