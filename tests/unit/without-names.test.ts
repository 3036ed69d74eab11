// Documents without the speakers' names.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { exportText } from "../../electron/export/export-document.ts";
import { wholeDocument } from "../../electron/export/options.ts";
import type { Transcript } from "../../electron/formats.ts";
import { transcript } from "../fixtures/small-summary.ts";

describe("without names", () => {
  const said = (text: string, speakers: Transcript["speakers"]) => {
    const talk: Transcript = { ...transcript, speakers, segments: [{ id: "s1", startMs: 0, endMs: 1, text }] };
    const lines = exportText({ kind: "transcript", transcript: talk }, "txt", "sv", { ...wholeDocument, names: false });
    return lines.split("[00:00] ")[1]?.trim();
  };

  test("a role stands as a word in its sentence, in the form that a name had", () => {
    const speakers = [
      { id: "A", name: "Kim Påhitt", role: "klient" },
      { id: "B", name: "Bo Sten", role: "boendestödjare" },
      { id: "C", name: "Li Ek", role: "rektor" },
    ];
    assert.equal(
      said("Bo träffar Kim Påhitt och Lis chef. Kims bo ligger på en sten, sade Li.", speakers),
      "Boendestödjaren träffar klienten och rektorns chef. Klientens bo ligger på en sten, sade rektorn.",
    );
  });

  test("two people of one role, and one without, are told apart by letters", () => {
    const speakers = [
      { id: "A", name: "Kim", role: "klient" },
      { id: "B", name: "Bo", role: "klient" },
      { id: "C", name: "Ek" },
    ];
    assert.equal(said("Kim, Bo och Ek.", speakers), "Klient A, Klient B och Person A.");
  });
});
