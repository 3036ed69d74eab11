// A summary's actions as a table and as a calendar, each read by a reader of its own.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import ICAL from "ical.js";
import { cell } from "../../electron/export/csv.ts";
import { actionsOf } from "../../electron/export/dated-actions.ts";
import { exportDocument, exportText } from "../../electron/export/export-document.ts";
import type { ExportInput } from "../../electron/export/outline.ts";
import { action, summary, transcript } from "../fixtures/small-summary.ts";

const ofSummary: ExportInput = { kind: "summary", summary, transcript };
const draft = "AI-stött utkast, ej granskat";

describe("table", () => {
  /** Reads RFC 4180 with semicolons. */
  const rowsOf = (text: string): string[][] => {
    assert.ok(text.startsWith("\uFEFF"));
    return text
      .slice(1)
      .split("\r\n")
      .filter((line) => line !== "")
      .map((line) =>
        [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/gu)].map(([, quoted, bare]) =>
          quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
        ),
      );
  };

  test("has a row for each action, with date and label", () => {
    const rows = rowsOf(exportText(ofSummary, "csv", "sv"));
    assert.deepEqual(rows[0], ["Vad", "Vem", "När", "Datum", "Rubrik", "Granskning"]);
    assert.deepEqual(rows[1], ["Ringa Kim", "Åsa Låtsas", "på torsdag", "2026-03-12", "Åtgärder", draft]);
    assert.equal(rows.length, 3);
  });

  test("no cell is a formula, and every cell can be read back", () => {
    for (const formula of ["=1+1", "+1", "-1", "@a", "|x", " =1", '"=1', "\t=1", "＝1", "%0A"])
      assert.match(cell(formula), /^"?'/u, formula);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { minLength: 1, maxLength: 5 }), (whats) => {
        const items = whats.map((what) => ({ ...action, what: `x ${what}` }));
        const many = { ...summary, sections: [{ id: "c", heading: "C", state: "filled" as const, items }] };
        const rows = rowsOf(exportText({ kind: "summary", summary: many, transcript }, "csv", "sv")).slice(1);
        assert.deepEqual(
          rows.map(([what]) => what),
          actionsOf(many).map(({ what }) => what),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("calendar", () => {
  const eventsOf = (text: string) => {
    for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
    return new ICAL.Component(ICAL.parse(text) as unknown[])
      .getAllSubcomponents("vevent")
      .map((one) => new ICAL.Event(one));
  };

  test("has a day for each action with a date, whatever its words", () => {
    const what = "Ringa; komma, \\ och 🙂 ÅÄÖ BEGIN:VEVENT ".repeat(5).trim();
    const input: ExportInput = {
      kind: "summary",
      summary: { ...summary, sections: [{ id: "c", heading: "C", state: "filled", items: [{ ...action, what }] }] },
      transcript,
    };
    const events = eventsOf(exportText(input, "ics", "sv"));
    assert.equal(events.length, 1);
    assert.equal(events[0]?.summary, `${what} (Åsa Låtsas)`);
    assert.equal(events[0]?.startDate.toString(), "2026-03-12");
    assert.ok(events[0]?.description.includes(draft));
  });

  test("brought in twice it makes no doubles", () => {
    const uids = () => eventsOf(exportText(ofSummary, "ics", "sv")).map(({ uid }) => uid);
    assert.deepEqual(uids(), uids());
    const twice = {
      ...summary,
      sections: [{ id: "c", heading: "C", state: "filled" as const, items: [action, action] }],
    };
    const both = eventsOf(exportText({ kind: "summary", summary: twice, transcript }, "ics", "sv")).map(
      ({ uid }) => uid,
    );
    assert.equal(new Set(both).size, 2);
  });

  test("without a date there is nothing to write, and it says so", async () => {
    const undated = { ...summary, sections: [] };
    await assert.rejects(exportDocument({ kind: "summary", summary: undated, transcript }, "ics", "sv"), {
      code: "no-dated-actions",
    });
    await assert.rejects(exportDocument({ kind: "transcript", transcript }, "csv", "sv"), { code: "format-not-for" });
  });
});
