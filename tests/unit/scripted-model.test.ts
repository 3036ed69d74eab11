// A language model that tells truths, half-truths and inventions by a script, in a server on this machine, asked through the
// whole path over the invented meetings: what the evidence check lets through and what it marks.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { SummaryItem, Template } from "../../electron/formats.ts";
import { openServer } from "../../electron/inference/server-client.ts";
import { openHere } from "../../electron/network.ts";
import { generateSummary } from "../../electron/summary/generative/generate-summary.ts";
import { talkLines } from "../../electron/summary/generative/lines.ts";
import { corrupt, corruptions, pick, type Random, seeded, type Told } from "../fixtures/evidence/corrupt.ts";
import { readTalks, type ToldTalk } from "../fixtures/evidence/read-talk.ts";
import { type Chat, startLanguageServer } from "../language-server.ts";
import { template } from "./talks.ts";

/** The bars of the evidence check: of what is false, noticed at least; of what is true, doubted at most. */
const [noticedMin, doubtedMax] = [0.97, 0.05];
/** As many as a heading of one piece takes. */
const perHeading = 12;

type Sort = "truth" | "half-truth" | "invention";
interface Scripted {
  readonly sort: Sort;
  readonly item: SummaryItem;
}

/** Of nothing that anybody in the meetings speaks of. */
const inventions: Readonly<Record<"sv" | "en", readonly string[]>> = {
  sv: [
    "Hon äger en segelbåt som ligger i hamnen i Visby.",
    "Han har tidigare arbetat som pilot i Norge.",
    "Familjen planerar att flytta till Portugal nästa sommar.",
    "Grannen har anmält buller från trapphuset till hyresvärden.",
    "De har vunnit 40 000 kronor på lotteri.",
    "Läkaren har ordinerat en ny medicin mot allergi.",
  ],
  en: [
    "She owns a sailing boat that lies in the harbour of Visby.",
    "He used to work as a pilot in Norway.",
    "The family is going to move to Portugal next summer.",
    "The neighbour has reported noise from the stairs to the landlord.",
    "They have won 40,000 pounds in a lottery.",
    "The doctor has prescribed a new medicine for allergy.",
  ],
};

const talks = readTalks().filter(({ form }, at) => (form === "written") === at % 4 < 2);
const everything: readonly Told[] = talks.flatMap((talk) => talk.told.map((item) => ({ talk, item })));

/** Every true sentence, one made false of each, and the inventions with citations drawn by lot. */
function scriptFor(talk: ToldTalk, random: Random): readonly Scripted[] {
  const told = everything.filter((one) => one.talk === talk);
  const kinds = corruptions.toSorted(() => random() - 0.5);
  const halves = told.flatMap((one, at): Scripted[] => {
    for (let tried = 0; tried < kinds.length; tried += 1) {
      const kind = kinds[(at + tried) % kinds.length];
      const item = kind === undefined ? null : corrupt(kind, one, everything, random);
      if (item !== null) return [{ sort: "half-truth", item }];
    }
    return [];
  });
  const language = talk.transcript.language === "sv" ? "sv" : "en";
  const made = inventions[language].map((text): Scripted => {
    const cited = pick(random, talk.transcript.segments)?.id ?? "";
    return { sort: "invention", item: { text, segments: [cited] } };
  });
  const all = [...told.map(({ item }): Scripted => ({ sort: "truth", item })), ...halves, ...made];
  // One sentence twice would be told once.
  return [...new Map(all.map((one) => [one.item.text, one])).values()].toSorted(() => random() - 0.5);
}

const headingOf = (at: number) => `Del ${String(at)}.`;
const headings = (count: number, language: string): Template =>
  template(
    Array.from({ length: count }, (_, at) => ({ heading: headingOf(at), kind: "bullets", maxItems: perHeading })),
    { language },
  );

/** The model's answer to a chat: what the script holds under its heading, and the same again when asked once more. */
function answerBy(script: readonly Scripted[], markOf: ReadonlyMap<string, string>, { messages }: Chat): object {
  const asked = messages.at(-1)?.content ?? "";
  const again = script.find(({ item }) => asked.includes(`: ${JSON.stringify(item.text.normalize("NFC"))}\n`));
  const isAgain = /did not hold when it was checked|höll inte vid kontrollen/u.test(asked);
  const at = Number(/"Del (\d+)\."/u.exec(asked)?.[1] ?? "0");
  const chosen = isAgain ? (again === undefined ? [] : [again]) : script.slice(at * perHeading, (at + 1) * perHeading);
  return {
    items: chosen.map(({ item }) => ({
      segments: item.segments.map((id) => markOf.get(id) ?? "s0"),
      text: item.text,
      ...(item.who === undefined ? {} : { who: item.who }),
    })),
  };
}

describe("a scripted model in a server on this machine", () => {
  const judged: (Scripted & { readonly support: string | undefined; readonly flags: readonly string[] })[] = [];
  let scripted = 0;
  before(async () => {
    const random = seeded(20_261_130);
    for (const talk of talks) {
      const script = scriptFor(talk, random);
      scripted += script.length;
      const markOf = new Map(talkLines([talk.transcript]).map(({ segment, mark }) => [segment, mark]));
      await using server = await startLanguageServer({
        contextTokens: 32_768,
        answer: (chat) => answerBy(script, markOf, chat),
      });
      const { signal } = new AbortController();
      const model = await openServer({ ask: openHere(fetch), address: server.address, model: "" }, signal);
      const outline = headings(Math.ceil(script.length / perHeading), talk.transcript.language);
      const { sections } = await generateSummary([talk.transcript], outline, model, {
        engine: { id: "server", version: model.name },
        whenUnsupported: "mark",
        signal,
        report: () => {},
      });
      const made = new Map(sections.flatMap(({ items }) => items).map((item) => [item.text, item]));
      for (const one of script) {
        const item = made.get(one.item.text.normalize("NFC"));
        if (item !== undefined) judged.push({ ...one, support: item.support, flags: item.flags ?? [] });
      }
    }
  });

  const of = (...sorts: readonly Sort[]) => judged.filter(({ sort }) => sorts.includes(sort));
  const share = (some: number, all: number) => `${String(some)} of ${String(all)}`;

  test("has said all that its script holds", () => {
    assert.equal(judged.length, scripted);
    assert.ok(of("truth").length > 100 && of("half-truth").length > 100 && of("invention").length > 50);
  });

  test("its half-truths and inventions are marked", (context) => {
    for (const sort of ["half-truth", "invention"] as const) {
      const noticed = of(sort).filter(({ support }) => support !== "supported").length;
      context.diagnostic(`${sort}: ${share(noticed, of(sort).length)} marked`);
    }
    const all = of("half-truth", "invention");
    const noticed = all.filter(({ support }) => support !== "supported").length;
    assert.ok(noticed >= noticedMin * all.length, share(noticed, all.length));
    assert.ok(
      of("invention").every(({ support }) => support === "unsupported"),
      "no invention is only doubted",
    );
  });

  test("its truths pass", (context) => {
    const doubted = of("truth").filter(({ support }) => support !== "supported").length;
    context.diagnostic(`truth: ${share(doubted, of("truth").length)} doubted`);
    assert.ok(doubted <= doubtedMax * of("truth").length, share(doubted, of("truth").length));
  });
});
