// A meeting's transcript and summary masked together, and by what people decided.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Summary, Transcript } from "../../electron/formats.ts";
import { noChoice } from "../../electron/masking-kinds.ts";
import { maskMeeting, rulesFrom } from "../../electron/masking/mask-meeting.ts";
import { maskInWorker } from "../../electron/masking/run-mask.ts";

const transcript: Transcript = {
  lyssna: "transcript/1",
  language: "sv",
  durationMs: 2000,
  speakers: [{ id: "A", name: "Annika Ståhlberg", role: "handläggare" }],
  segments: [
    { id: "s1", startMs: 0, endMs: 1, speaker: "A", text: "Då ringer vi Leila i morgon." },
    { id: "s2", startMs: 1, endMs: 2, speaker: "A", text: "Leila bor på Lingonvägen 14." },
  ],
};
const summary: Summary = {
  lyssna: "summary/1",
  template: { id: "x", version: 1 },
  engine: { id: "builtin", version: "1" },
  language: "sv",
  title: "Samtal om Leila",
  sections: [
    {
      id: "a",
      heading: "Att göra",
      state: "filled",
      items: [{ text: "Annika ringer Leila.", segments: ["s1"], who: "Annika Ståhlberg", what: "ringer Leila" }],
    },
  ],
  unplaced: [{ text: "Leila bor på Lingonvägen 14.", segments: ["s2"] }],
  conflicts: [{ about: "Leilas adress", statements: [{ text: "Lingonvägen 14", segments: ["s2"], who: "Annika" }] }],
};

describe("a meeting is masked", () => {
  it("with the same number for a person in transcript, summary and title", () => {
    const masked = maskMeeting({ transcripts: [transcript], summary, title: "Leila, hembesök" }, rulesFrom(noChoice));
    assert.doesNotMatch(JSON.stringify([masked.transcripts, masked.summary, masked.title]), /Leila|Annika|Lingon/u);
    assert.equal(masked.transcripts[0]?.segments[0]?.text, "Då ringer vi [PERSON_2] i morgon.");
    assert.deepEqual(masked.summary?.sections[0]?.items[0], {
      text: "[PERSON_1] ringer [PERSON_2].",
      segments: ["s1"],
      who: "[PERSON_1]",
      what: "ringer [PERSON_2]",
    });
    assert.equal(masked.title, "[PERSON_2], hembesök");
  });

  it("and a decision about one place holds only while the same words stand there", () => {
    const place = {
      passage: "segment:s1",
      start: 13,
      end: 18,
      kind: "person" as const,
      isMasked: false,
      text: "Leila",
    };
    const kept = maskMeeting({ transcripts: [transcript], summary: null }, rulesFrom({ ...noChoice, places: [place] }));
    assert.equal(kept.transcripts[0]?.segments[0]?.text, "Då ringer vi Leila i morgon.");
    const moved = { ...place, text: "Lejla" };
    const gone = maskMeeting({ transcripts: [transcript], summary: null }, rulesFrom({ ...noChoice, places: [moved] }));
    assert.equal(gone.transcripts[0]?.segments[0]?.text, "Då ringer vi [PERSON_2] i morgon.");
  });

  it("by the words of the case, of which the meeting's own weigh more", () => {
    const words = { always: [{ text: "morgon", kind: "other" as const }], never: ["Leila"] };
    const line = (choice: typeof noChoice) =>
      maskMeeting({ transcripts: [transcript], summary: null }, rulesFrom(choice, words)).transcripts[0]?.segments[0]
        ?.text;
    assert.equal(line(noChoice), "Då ringer vi Leila i [UPPGIFT_1].");
    assert.equal(
      line({ ...noChoice, always: [{ text: "leila", kind: "person" }], never: ["morgon"] }),
      "Då ringer vi [PERSON_2] i morgon.",
    );
  });

  it("in a worker as here", async () => {
    const task = { input: { transcripts: [transcript], summary }, rules: rulesFrom(noChoice) };
    const { key, hits } = await maskInWorker(task);
    const here = maskMeeting(task.input, task.rules);
    assert.deepEqual([key, hits], [here.key, here.hits]);
  });
});
