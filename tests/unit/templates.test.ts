// Templates: the built-in files keep their promises, and a hostile one is refused with the reason.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { errorSentence, LyssnaError } from "../../electron/errors.ts";
import { loadBuiltInTemplates, parseTemplate, readTemplate } from "../../electron/summary/templates.ts";

const swedish =
  "journalanteckning forhandsbedomning barnutredning barnsamtal genomforandeplan uppfoljning sip ibic dok ekonomiskt-bistand handledning natverksmote utvecklingssamtal elevhalsomote atgardsprogram foraldrasamtal krankande-behandling franvarosamtal foraldramote aar olycksundersokning insatsgenomgang kamratstod stabsgenomgang minnesanteckningar protokoll telefonanteckning apt fri-sammanfattning".split(
    " ",
  );
const english = ["minnesanteckningar", "protokoll", "telefonanteckning", "apt", "fri-sammanfattning"].map(
  (id) => `${id}-en`,
);

describe("built-in templates", () => {
  test("are the ones that were promised, each under its own id", async () => {
    const ids = (await loadBuiltInTemplates()).map(({ id }) => id);
    assert.deepEqual(ids.toSorted(), [...swedish, ...english].toSorted());
  });

  test("guide whoever fills each heading, and say what they are for and not for", async () => {
    for (const { id, version, owner, description, for: uses, notFor, sections } of await loadBuiltInTemplates()) {
      assert.ok(description !== undefined && uses !== undefined && uses.length > 0, id);
      assert.ok(version >= 1 && owner !== undefined && (notFor ?? []).length > 0, id);
      for (const { guidance } of sections) assert.ok((guidance ?? "").length > 20, id);
    }
  });

  test("leave every assessment and decision to a person", async () => {
    const professional =
      /^(?:.*bedömning(?: av .*)?|Beslut|Orosanmälan|Förslag|Åtgärdsförslag|Grad av .*|Iakttagelser)$/u;
    for (const { id, sections } of await loadBuiltInTemplates()) {
      for (const { heading, kind } of sections) {
        const recorded = ["stabsgenomgang", "foraldramote", "protokoll", "apt", "journalanteckning"].includes(id);
        if (professional.test(heading) && !(recorded && /Beslut|Iakttagelser/u.test(heading))) {
          assert.equal(kind, "manual", `${id}: ${heading}`);
        }
      }
    }
  });

  test("peer support records nothing of what was said", async () => {
    const template = (await loadBuiltInTemplates()).find(({ id }) => id === "kamratstod");
    assert.equal(template?.refusesContent, true);
    assert.ok(template.sections.every(({ kind }) => kind === "manual"));
  });

  test("speak to the reader: no exclamation marks, no loudspeakers for speakers", async () => {
    assert.doesNotMatch(JSON.stringify(await loadBuiltInTemplates()), /!|[Hh]ögtalare/u);
  });
});

describe("a template from outside", () => {
  const section = { id: "a", heading: "A", kind: "bullets" };
  const good = { lyssna: "template/1", id: "egen", version: 1, title: "Egen", language: "sv", sections: [section] };
  const refused = (json: unknown): string => {
    try {
      parseTemplate(json, "egen.json");
    } catch (error) {
      assert.ok(error instanceof LyssnaError);
      assert.equal(error.code, "template-invalid");
      return errorSentence(error, "sv");
    }
    return assert.fail("was accepted");
  };

  test("is accepted, and what we do not know is kept", () => {
    assert.deepEqual(parseTemplate({ ...good, colour: "blue" }, "egen.json"), { ...good, colour: "blue" });
  });

  test("is refused with a sentence that says what is wrong", () => {
    assert.match(refused(null), /saknar märkningen/u);
    assert.match(refused([good]), /saknar märkningen/u);
    assert.match(refused({ ...good, lyssna: "transcript/1" }), /saknar märkningen/u);
    assert.match(refused({ ...good, lyssna: "template/2" }), /nyare version av Lyssna/u);
    assert.match(refused({ ...good, sections: [] }), /inga rubriker, och den behöver minst en/u);
    assert.match(refused({ ...good, sections: undefined }), /fältet sections /u);
    assert.match(refused({ ...good, title: "  " }), /saknar titel/u);
    assert.match(refused({ ...good, sections: [section, { ...section, kind: "poem" }] }), /rubrik nummer 2 .* slag/u);
    assert.match(refused({ ...good, sections: [section, section] }), /två rubriker har samma id, a; de får heta lika/u);
    assert.match(refused({ ...good, sections: [{ ...section, sections: [section] }] }), /bara ha en nivå/u);
    assert.match(refused({ ...good, id: "../../etc" }), /fältet id /u);
    const many = Array.from({ length: 101 }, (_, at) => ({ ...section, id: `a${at}` }));
    assert.match(refused({ ...good, sections: many }), /fler än 100 rubriker/u);
    assert.match(refused({ ...good, sections: [{ ...section, heading: "   " }] }), /rubrik nummer 1 saknar text/u);
    assert.match(refused({ ...good, sections: [{ ...section, guidance: "x".repeat(2001) }] }), /vägledningen .* 2000/u);
    assert.match(refused({ ...good, description: 7 }), /fältet description /u);
    assert.match(refused(JSON.parse('{"__proto__": {"lyssna": "template/1"}}')), /saknar märkningen/u);
  });

  test("holds plain text only, and no more levels than a template has", () => {
    for (const words of [
      '<script src="x"></script>',
      "<img src=x onerror=alert(1)>",
      "javascript:alert(1)",
      "a\u001B[2J",
    ])
      assert.match(
        refused({ ...good, sections: [{ ...section, heading: words }] }),
        /sections\[0\]\.heading .*programkod/u,
      );
    assert.match(refused({ ...good, notFor: ["ok", "</style>"] }), /notFor\[1\]/u);
    let deep: unknown = good;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    assert.match(refused({ ...good, extra: deep }), /för många nivåer/u);
    const plain = { ...section, heading: "Mål < 3 månader & boende > 1 år", guidance: "rad\nrad" };
    assert.equal(parseTemplate({ ...good, sections: [plain] }, "egen.json").sections[0]?.heading, plain.heading);
  });

  test("says what one sees: no signs that turn the text around or hide in it", () => {
    const hidden = { ...section, heading: "Be\u202Edöm\u200Bning\u2066", guidance: "\uFEFFVad \u200Fsom sades" };
    const [read] = parseTemplate({ ...good, title: "E\u200Egen", sections: [hidden] }, "egen.json").sections;
    assert.deepEqual([read?.heading, read?.guidance], ["Bedömning", "Vad som sades"]);
    const nothing = { ...section, heading: "\u200B \u2060\u202E" };
    assert.match(refused({ ...good, sections: [nothing] }), /rubrik nummer 1 saknar text/u);
  });

  test("has no power over objects by the names of its fields", () => {
    const hostile: unknown = JSON.parse(
      JSON.stringify(good).replace(
        "{",
        '{"__proto__": {"refusesContent": false, "polluted": true}, "constructor": {"prototype": 1}, ',
      ),
    );
    const read = parseTemplate(hostile, "egen.json");
    assert.equal(read.title, "Egen");
    assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
    assert.equal(read.refusesContent, undefined);
    for (const id of ["constructor", "tostring", "valueof"])
      assert.equal(parseTemplate({ ...good, sections: [{ ...section, id }] }, "egen.json").sections[0]?.id, id);
  });

  test("may have two headings of one name under different ids", () => {
    const twice = [section, { ...section, id: "b" }];
    assert.equal(parseTemplate({ ...good, sections: twice }, "egen.json").sections.length, 2);
  });

  test("is not read when it is huge, and does no harm when it is deep", async () => {
    const dir = await mkdtemp(join(tmpdir(), "lyssna-template-"));
    const file = async (name: string, text: string) => {
      await writeFile(join(dir, name), text);
      return readTemplate(join(dir, name));
    };
    try {
      const reason = (value: string) => (error: unknown) =>
        error instanceof LyssnaError && error.details["reason"] === value;
      await assert.rejects(file("big.json", " ".repeat(300_000)), reason("too-large"));
      await assert.rejects(file("deep.json", "[".repeat(100_000)), reason("not-json"));
      await assert.rejects(file("nest.json", `${"[".repeat(100_000)}${"]".repeat(100_000)}`), reason("not-a-template"));
      await assert.rejects(file("text.json", "hej"), reason("not-json"));
      await assert.rejects(file("empty.json", ""), { code: "file-empty" });
      await assert.rejects(readTemplate(join(dir, "none.json")), { code: "file-not-found" });
      assert.deepEqual(await file("bom.json", `\uFEFF${JSON.stringify(good)}`), good);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
