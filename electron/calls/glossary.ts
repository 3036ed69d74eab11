// Calls on the person's glossary, and on what it suggests for a meeting. Runs in main; the reading itself is in a worker.
import { randomUUID } from "node:crypto";
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Term } from "../formats.ts";
import { writeWhole } from "../export/write-whole.ts";
import { applySuggestions } from "../glossary/apply.ts";
import { glossaryBytes, mergeTerms, readGlossary, termKey } from "../glossary/glossary-file.ts";
import { learnFromEdit } from "../glossary/learn.ts";
import type { Spelling } from "../glossary/run-spelling.ts";
import { suggestInWorker } from "../glossary/run-suggest.ts";
import type { Context } from "./context.ts";

type GlossaryHandlers = Pick<
  Handlers,
  | "glossary.list"
  | "glossary.save"
  | "glossary.remove"
  | "glossary.import"
  | "glossary.export"
  | "glossary.suggest"
  | "glossary.accept"
  | "glossary.reject"
  | "glossary.lessons"
  | "spelling.unknown"
  | "spelling.suggest"
>;

export function glossaryHandlers(context: Context, spelling: Spelling): GlossaryHandlers {
  const { store, dialogs } = context;

  return {
    "glossary.list": () => store.listTerms(),
    async "glossary.save"({ id, ...fields }) {
      const terms = await store.listTerms();
      const known = terms.find((term) => term.id === id);
      if (id !== undefined && known === undefined) throw new LyssnaError("not-found");
      const term: Term = { ...known, ...fields, id: id ?? randomUUID(), text: termKey(fields) };
      // Another term that is spelled the same is the same term: what it knows goes into this one.
      const others = terms.filter((other) => other.id !== term.id && termKey(other) === term.text);
      const [merged = term] = mergeTerms([term], others).terms;
      await store.saveTerms([merged]);
      return merged;
    },
    async "glossary.remove"(id) {
      await store.removeTerm(id);
      return null;
    },
    async "glossary.import"() {
      const path = await dialogs.chooseGlossary();
      if (path === null) return null;
      const { terms } = await readGlossary(path);
      const { added, changed } = mergeTerms(await store.listTerms(), terms);
      await store.saveTerms([...added, ...changed]);
      return { added: added.length, changed: changed.length };
    },
    async "glossary.export"() {
      const name = context.settings().interfaceLanguage === "sv" ? "Ordlista" : "Glossary";
      const path = await dialogs.chooseSavePath(name, "json");
      if (path === null) return null;
      await writeWhole(path, glossaryBytes(await store.listTerms()));
      return path;
    },
    async "glossary.suggest"(meetingId) {
      const terms = await store.listTerms();
      if (terms.length === 0) return [];
      const transcript = await store.getTranscript(meetingId);
      return suggestInWorker({ transcript, terms, rejected: await store.listRejected(meetingId) });
    },
    async "glossary.accept"(meetingId, accepted) {
      const terms = new Set((await store.listTerms()).map(({ id }) => id));
      const segments = await store.listSegments(meetingId);
      const before = new Map(segments.map(({ id, text }) => [id, text]));
      const changed = applySuggestions(
        segments,
        accepted.filter(({ termId }) => terms.has(termId)),
      );
      const count = await store.editSegments(
        meetingId,
        changed.map(({ id, text, words }) => ({
          id,
          before: before.get(id) ?? "",
          text,
          ...(words === undefined ? {} : { words }),
        })),
      );
      if (count > 0) context.noteChange(meetingId, "transcript");
      return count;
    },
    async "glossary.reject"(meetingId, rejected) {
      await store.rejectTerms(
        meetingId,
        rejected.map(({ termId, heard }) => ({ termId, heard: heard.normalize("NFC").toLowerCase() })),
      );
      return null;
    },
    "spelling.unknown": async (words, language, names) =>
      spelling.unknown(words, language, await store.listTerms(), names),
    "spelling.suggest": async (word, language, names) =>
      spelling.suggest(word, language, await store.listTerms(), names),
    async "glossary.lessons"(before, after, language) {
      return learnFromEdit(before, after, await store.listTerms(), language);
    },
  };
}
