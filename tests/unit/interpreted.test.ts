// Roles in a summary: who is said to say what, a talk through an interpreter, a child's own words, an alarm told by role.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Summary, Transcript } from "../../electron/formats.ts";
import { lexiconFor } from "../../electron/summary/lexicon.ts";
import { foldInterpreted } from "../../electron/summary/sentences/fold-interpreted.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { loadBuiltInTemplates } from "../../electron/summary/templates.ts";
import { plain, talk } from "./talks.ts";

const itemsOf = ({ sections, unplaced }: Summary) => [...sections.flatMap(({ items }) => items), ...unplaced];
const textOf = (summary: Summary): string =>
  itemsOf(summary)
    .map(({ text }) => text)
    .join("\n");
const lexicon = lexiconFor("sv");

/** Lines that begin with "*" are in another language. */
function interpreted(lines: readonly string[]): Transcript {
  const plainTalk = talk(lines.map((line) => line.replace("*", "")));
  return {
    ...plainTalk,
    segments: plainTalk.segments.map((segment, at) =>
      lines[at]?.startsWith("*") === true ? { ...segment, language: "ar" } : segment,
    ),
  };
}

describe("a talk through an interpreter", () => {
  const visit = interpreted([
    "Handläggare: Hur ser det ut med hyran?",
    "*Tolk: kayf hal alijar",
    "*Vårdnadshavare: lam adfae alijar fi maris",
    "Tolk: Jag har inte betalat hyran för mars och jag är orolig för barnen.",
    "Handläggare: Vi behöver kontoutdrag för tre månader.",
    "Tolk: Vi behöver kontoutdrag för tre månader.",
    "Handläggare: När kan du lämna dem?",
    "*Vårdnadshavare: yawm aljumea",
    "Tolk: Jag lämnar kontoutdragen på fredag.",
  ]);

  test("is one talk: other languages left out, what is said again told once, “jag” is who spoke before", () => {
    const { segments } = foldInterpreted(visit, lexicon);
    assert.deepEqual(
      segments.map(({ id, speaker }) => [id, visit.speakers.find((one) => one.id === speaker)?.role]),
      [
        ["s1", "handläggare"],
        ["s4", "vårdnadshavare"],
        ["s5", "handläggare"],
        ["s7", "handläggare"],
        ["s9", "vårdnadshavare"],
      ],
    );
  });

  test("the summary says that the guardian says it, cites where it was interpreted, and every sentence is supported", () => {
    const summary = summarise([visit], plain);
    const text = textOf(summary);
    assert.match(text, /[Vv]årdnadshavaren .*(?:hyra|orolig)/u);
    assert.doesNotMatch(text, /[Tt]olken|alijar|adfae/u);
    const cited = new Set(itemsOf(summary).flatMap(({ segments }) => segments));
    assert.ok(cited.has("s4"));
    assert.ok(!cited.has("s3") && !cited.has("s6"));
    assert.ok(itemsOf(summary).every(({ support }) => support !== "unsupported"));
  });

  test("what the interpreter says for itself stays the interpreter's, and without one nothing changes", () => {
    const own = interpreted([
      "*Klient: la afham",
      "Tolk: Tolken ber att få ta en paus, jag hör dåligt.",
      "Handläggare: Det går bra.",
    ]);
    assert.equal(foldInterpreted(own, lexicon).segments[0]?.speaker, own.speakers[1]?.id);
    const without = talk(["Klient: Jag sover dåligt.", "Handläggare: Du sover dåligt, säger du."]);
    assert.equal(foldInterpreted(without, lexicon), without);
  });
});

describe("roles", () => {
  test("a statement is its role's: the guardian's, not the teacher's", () => {
    const text = textOf(
      summarise(
        [
          talk([
            "Lärare: Hur går det med läxorna hemma?",
            "Vårdnadshavare: Jag är orolig för att Elias sitter uppe till midnatt med läxorna.",
            "Lärare: Han har lämnat in alla uppgifter i matte.",
          ]),
        ],
        plain,
      ),
    );
    assert.match(text, /[Vv]årdnadshavaren .*orolig/u);
    assert.doesNotMatch(text, /[Ll]äraren är orolig/u);
  });

  test("a child's words stand word for word where a template asks for them", async () => {
    const template = (await loadBuiltInTemplates()).find(({ id }) => id === "barnsamtal");
    assert.ok(template);
    const said = "När de bråkar går jag in på mitt rum och stänger dörren.";
    const summary = summarise(
      [
        talk([
          "Socialsekreterare: Hur är det hemma?",
          `Barn: ${said}`,
          "Socialsekreterare: Vad gör du då?",
          "Barn: Jag lyssnar på musik med hörlurar.",
        ]),
      ],
      template,
    );
    assert.ok(textOf(summary).includes(said.slice(0, -1)), textOf(summary));
  });

  test("after an alarm people are told by role, not by name", async () => {
    const template = (await loadBuiltInTemplates()).find(({ id }) => id === "aar");
    assert.ok(template);
    const alarm: Transcript = {
      ...talk([
        "Insatsledare: Vi var framme 14.32 och det brann i köket.",
        "Rökdykare: Jag gick in med slang och hittade en person i sovrummet.",
        "Insatsledare: Nästa gång ska vi begära fler enheter direkt.",
      ]),
    };
    const named = {
      ...alarm,
      speakers: alarm.speakers.map((speaker, at) => ({ ...speaker, name: ["Karin Ek", "Omar Berg"][at] ?? "" })),
    };
    const text = textOf(summarise([named], template));
    assert.ok(text.length > 0);
    assert.doesNotMatch(text, /Karin|Omar|\bEk\b|Berg/u);
  });
});
