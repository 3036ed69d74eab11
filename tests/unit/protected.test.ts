import assert from "node:assert/strict";
import { test } from "node:test";
import { protectedTitle, protectingStore, shownJobs } from "../../electron/calls/identity.ts";
import { defaultSettings } from "../../electron/contract.ts";
import { meeting, summary, temporaryStore, transcript } from "./store-fixtures.ts";

/** Stands wherever a name could: in the title, on a speaker, in a file's name, in a source's title. */
const name = "Zebulon";
const neutral = "Skyddat samtal 10 mars 2026 kl. 09.02";

test("nothing that the store answers about a protected meeting holds a name, and all of it comes back", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.createMeeting(meeting({ title: `${name} Krokodil, hembesök` }));
  const other = await store.createMeeting(meeting({ title: "Nätverksmöte" }));
  const speakers = [
    { id: "A", name, role: "klient" },
    { id: "B", name: `${name}s mamma` },
  ];
  await store.saveTranscript(id, { ...transcript(["Hyran är betald.", "Vad bra."]), speakers });
  await store.saveTranscript(other.id, transcript(["Vi ses igen."]));
  await store.addSummary(id, { ...summary(["Hyran är betald."]), title: `${name} Krokodil` });
  await store.updateMeeting(id, { error: { code: "file-damaged", details: { file: `${name}.m4a` } } });
  await store.saveSpeakers(id, [{ id: "A", name: `${name} K`, role: "klient" }, speakers[1] ?? { id: "B" }]);
  const report = await store.createReport(meeting({ title: "Sammanställning" }), [id, other.id]);
  const before = await store.getTranscript(id);

  await store.protectIdentity(new Map([[id, neutral]]));
  const answers = {
    list: await store.listMeetings(),
    one: await store.getMeeting(id),
    report: await store.getMeeting(report.id),
    transcript: await store.getTranscript(id),
    start: await store.getTranscriptStart(id),
    summaries: await store.listSummaries(id),
    latest: await store.latestSummary(id),
    history: await store.listCorrections(id),
    undone: await store.undoCorrection(id),
    redone: await store.redoCorrection(id),
    found: await store.search("hyran", 10),
    byTitle: await store.search(name, 10),
  };
  assert.equal(JSON.stringify(answers).includes(name), false, JSON.stringify(answers).match(/.{80}Zebulon.{40}/u)?.[0]);
  assert.deepEqual(answers.byTitle, []);
  assert.equal(answers.one.title, neutral);
  assert.equal(answers.one.protectedIdentity, true);
  assert.deepEqual(
    answers.found.map(({ title, speaker }) => [title, speaker]),
    [
      [neutral, "klient"],
      [neutral, undefined],
    ],
  );

  // Whoever saves without knowing the names does not take them away.
  await store.saveSpeakers(id, [{ id: "A", role: "dotter" }, { id: "B" }]);
  await store.updateMeeting(id, { title: "Hembesök" });
  assert.equal((await store.getMeeting(id)).title, "Hembesök");
  await store.deleteMeeting(id);
  assert.equal(JSON.stringify(await store.getMeeting(report.id)).includes(name), false, "a source that is gone");
  assert.ok(before.speakers.some((speaker) => speaker.name === `${name} K`));
});

test("without the protection the meeting is called what it was called, and so are its speakers", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.createMeeting(meeting({ title: name }));
  await store.saveTranscript(id, { ...transcript(["Hej."]), speakers: [{ id: "A", name, role: "klient" }] });
  await store.addSummary(id, summary([`Hyran är betald, säger ${name}.`]));
  await store.protectIdentity(new Map([[id, neutral]]));
  const [made] = await store.listSummaries(id);
  assert.equal(made?.summary.sections[0]?.items[0]?.text, "Hyran är betald, säger klient.");
  await store.updateMeeting(id, { title: "Annat" });
  await store.saveSpeakers(id, [{ id: "A", role: "barn" }]);
  await store.protectIdentity(new Map([[id, null]]));
  const after = await store.getMeeting(id);
  assert.equal(after.title, name);
  assert.equal(after.protectedIdentity, undefined);
  assert.deepEqual((await store.getTranscript(id)).speakers, [{ id: "A", name, role: "barn" }]);
  assert.equal((await store.search(name, 10))[0]?.in, "title");
});

test("new meetings are protected where the person wants that, and a report where its sources are", async (t) => {
  const { store } = await temporaryStore(t);
  let settings = { ...defaultSettings, protectNew: true };
  const protecting = protectingStore(store, () => settings);
  const first = await protecting.createMeeting(meeting({ title: `${name}.m4a` }));
  assert.equal(first.title, neutral);
  settings = { ...settings, protectNew: false, interfaceLanguage: "en" };
  const second = await protecting.createMeeting(meeting({ title: "Öppet" }));
  assert.equal(second.title, "Öppet");
  const report = await protecting.createReport(meeting({ title: "Båda" }), [first.id, second.id]);
  assert.equal(report.protectedIdentity, true);
  assert.equal(report.title, "Protected meeting 10 March 2026 at 09:02");
  assert.equal(protectedTitle("när som helst", "sv"), "Skyddat samtal");
});

test("the window is told where no file lies, and what those of protected meetings are called even less", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.createMeeting(meeting({ title: name, protectedTitle: neutral }));
  const job = await store.createJob(id, {
    kind: "process",
    sourcePath: `/hem/${name}.m4a`,
    modelId: "x",
    language: "sv",
    templateId: "x",
  });
  await store.updateJob(job.id, { state: "failed", error: { code: "file-damaged", details: { file: `${name}.m4a` } } });
  const shown = shownJobs(await store.listJobs(), await store.listMeetings());
  assert.equal(JSON.stringify(shown).includes(name), false);
  assert.equal(shown[0]?.error?.details["file"], neutral);
});
