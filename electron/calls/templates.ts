// The templates a person can choose from, and the calls with which one makes own ones. Runs in main.
import { isDeepStrictEqual } from "node:util";
import {
  defaultSettings,
  type Handlers,
  type PolicyState,
  type ShelfTemplate,
  type TemplateImport,
} from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Template } from "../formats.ts";
import { writeWhole } from "../export/write-whole.ts";
import { loadExampleMeeting } from "../import/example-meeting.ts";
import { outlineInWorker } from "../import/run-outline.ts";
import type { Store } from "../store/types.ts";
import { summariseInWorker } from "../summary/run-summary.ts";
import { loadBuiltInTemplates, parseTemplate, readTemplate } from "../summary/templates.ts";
import type { Context } from "./context.ts";
import { fileNameOf } from "./exports.ts";
import { isAllowed, refuse } from "../policy/state.ts";
import { copyOfTemplate, emptyTemplate, newTemplateId, templateFromOutline } from "./start-template.ts";

export interface Templates {
  all(): Promise<readonly Template[]>;
  /**
   * For a summary that is made now: the version is kept, so that one can look at it later. One that was deleted while
   * the summary waited its turn is still used. Throws template-not-found.
   */
  byId(id: string): Promise<Template>;
}

/** A person's own template with a built-in one's id stands in its place. */
export function createTemplates(store: Store, policy: () => PolicyState): Templates {
  const all = async () => {
    const byId = new Map<string, Template>();
    for (const template of [...(await loadBuiltInTemplates()), ...(await store.listTemplates())]) {
      byId.set(template.id, template);
    }
    return [...byId.values()].filter(({ id }) => isAllowed(policy().templates, id));
  };
  return {
    all,
    async byId(id) {
      const template = (await all()).find((candidate) => candidate.id === id);
      if (template !== undefined) {
        await store.noteTemplateVersion(template);
        return template;
      }
      if (!isAllowed(policy().templates, id)) refuse(policy());
      const [latest] = await store.listTemplateVersions(id);
      const deleted = latest === undefined ? null : await store.templateVersion(id, latest.version);
      if (deleted === null) throw new LyssnaError("template-not-found", { template: id });
      return deleted;
    },
  };
}

type TemplateHandlers = Pick<Handlers, Extract<keyof Handlers, `templates.${string}`>>;

export interface TemplateParts {
  readonly handlers: TemplateHandlers;
  /** Beside what is here: a new version, or a copy where both say something else. */
  takeIn(template: Template): Promise<TemplateImport>;
}

export function templateHandlers(context: Context): TemplateParts {
  const { store, dialogs } = context;
  let trying = new AbortController();

  const ownById = async (id: string) => (await store.listTemplates()).find((own) => own.id === id);
  const builtInById = async (id: string) => (await loadBuiltInTemplates()).find((known) => known.id === id);
  const draftOf = async (id: string) => (await store.listTemplateDrafts()).find((draft) => draft.id === id) ?? null;
  const language = () => context.settings().interfaceLanguage;

  const versionOf = async (id: string, version: number | null): Promise<Template> => {
    const latest = (await ownById(id)) ?? (await builtInById(id)) ?? null;
    const asked = version === null || latest?.version === version ? latest : await store.templateVersion(id, version);
    if (asked === null) throw new LyssnaError("template-gone");
    return asked;
  };

  const keep = async (draft: Template): Promise<Template> => {
    await store.keepTemplateDraft(draft);
    return draft;
  };

  /** Saves as the version after every one there was, also of a template that was deleted in between. */
  const saveNext = async (template: Template, least: number): Promise<Template> => {
    const [latest] = await store.listTemplateVersions(template.id);
    const saved = { ...template, version: Math.max(least, (latest?.version ?? 0) + 1) };
    await store.saveTemplate(saved);
    return saved;
  };

  const takeIn = async (template: Template): Promise<TemplateImport> => {
    const builtIn = await builtInById(template.id);
    if (builtIn !== undefined && saysTheSame(builtIn, template)) return { template: builtIn, outcome: "same" };
    if (builtIn !== undefined) {
      return { template: await saveNext({ ...template, id: newTemplateId() }, 1), outcome: "new" };
    }
    const own = await ownById(template.id);
    if (own === undefined) return { template: await saveNext(template, template.version), outcome: "new" };
    if (saysTheSame(own, template)) return { template: own, outcome: "same" };
    if (template.version < own.version) return { template: own, outcome: "older" };
    if (template.version > own.version) {
      // What the person was writing is written on, on top of the new version.
      const draft = await draftOf(template.id);
      const saved = await saveNext(template, template.version);
      if (draft !== null) await keep(draft);
      return { template: saved, outcome: "updated" };
    }
    const copy = { ...copyOfTemplate(template), ...(template.owner === undefined ? {} : { owner: template.owner }) };
    return { template: await saveNext(copy, 1), outcome: "copy" };
  };

  const mayWrite = () => {
    if (!context.policy().ownTemplates) refuse(context.policy());
  };

  const handlers: TemplateHandlers = {
    "templates.list": () => context.templates(),
    async "templates.shelf"() {
      const own = new Map((await store.listTemplates()).map((template) => [template.id, template]));
      const drafts = new Map((await store.listTemplateDrafts()).map((draft) => [draft.id, draft]));
      const shelf: ShelfTemplate[] = [
        ...[...own.values()].map(
          (template) => ({ template, own: true, state: drafts.has(template.id) ? "changed" : "saved" }) as const,
        ),
        ...[...drafts.values()]
          .filter(({ id }) => !own.has(id))
          .map((template) => ({ template, own: true, state: "never-saved" }) as const),
      ];
      const builtIn = (await loadBuiltInTemplates()).filter(({ id }) => !own.has(id));
      return [
        ...shelf.toSorted((one, other) => one.template.title.localeCompare(other.template.title, "sv")),
        ...builtIn.map((template) => ({ template, own: false, state: "saved" }) as const),
      ].filter(({ template }) => isAllowed(context.policy().templates, template.id));
    },
    async "templates.get"(id, version) {
      const own = await ownById(id);
      const builtIn = await builtInById(id);
      const draft = await draftOf(id);
      const versions = await store.listTemplateVersions(id);
      const asked = own === undefined && draft !== null && version === null ? draft : await versionOf(id, version);
      return {
        template: asked,
        own: own !== undefined || (builtIn === undefined && draft !== null),
        latest: (own ?? builtIn)?.version ?? null,
        draft,
        versions: builtIn === undefined ? versions : [],
      };
    },
    async "templates.start"(from, version) {
      mayWrite();
      if (from === null) return keep(emptyTemplate(language()));
      return keep(copyOfTemplate(await versionOf(from, version)));
    },
    async "templates.fromText"(pasted) {
      mayWrite();
      return keep(templateFromOutline(await outlineInWorker({ kind: "pasted", ...pasted }), language()));
    },
    async "templates.fromFile"() {
      mayWrite();
      const path = await dialogs.chooseOne("document");
      if (path === null) return null;
      return keep(templateFromOutline(await outlineInWorker({ kind: "file", path }), language()));
    },
    async "templates.keepDraft"(draft) {
      mayWrite();
      await store.keepTemplateDraft(draft);
      return null;
    },
    async "templates.dropDraft"(id) {
      await store.dropTemplateDraft(id);
      return null;
    },
    async "templates.save"(draft) {
      mayWrite();
      if ((await builtInById(draft.id)) !== undefined) throw new LyssnaError("bad-call", { what: "templates.save" });
      const template = parseTemplate(tidy(draft), draft.title.trim() || "–");
      const own = await ownById(template.id);
      if (own === undefined || !saysTheSame(own, template)) return saveNext(template, 1);
      await store.dropTemplateDraft(template.id);
      return own;
    },
    async "templates.remove"(id) {
      mayWrite();
      await store.deleteTemplate(id);
      const { templateId, templateByKind } = context.settings();
      if ((await builtInById(id)) !== undefined) return null;
      // What was to be made with it is made with what everybody begins with.
      if (templateId === id) await context.setSettings({ templateId: defaultSettings.templateId });
      if (templateByKind.some((rule) => rule.templateId === id)) {
        await context.setSettings({ templateByKind: templateByKind.filter((rule) => rule.templateId !== id) });
      }
      return null;
    },
    async "templates.import"() {
      mayWrite();
      const path = await dialogs.chooseOne("template");
      return path === null ? null : takeIn(await readTemplate(path));
    },
    async "templates.export"(id) {
      const template = (await ownById(id)) ?? (await builtInById(id));
      if (template === undefined) throw new LyssnaError("template-gone");
      const path = await dialogs.chooseSavePath(fileNameOf(template.title), "lyssna");
      if (path === null) return null;
      await writeWhole(path, `${JSON.stringify(template, null, 2)}\n`);
      return path;
    },
    async "templates.tryOut"(meetingId, draft) {
      trying.abort();
      const { signal } = (trying = new AbortController());
      const transcript = meetingId === null ? await loadExampleMeeting() : await store.getTranscript(meetingId);
      return summariseInWorker([transcript], tidy(draft), { signal });
    },
  };
  return { handlers, takeIn };
}

/** Two versions are the same when they differ in nothing but the number. */
const saysTheSame = (one: Template, other: Template): boolean =>
  isDeepStrictEqual(plain({ ...one, version: 1 }), plain({ ...other, version: 1 }));

const plain = (template: Template): unknown => JSON.parse(JSON.stringify(template));

/** Without blanks around, and without what was left empty; headings without words are not there yet. */
function tidy(draft: Template): Template {
  const { description, owner, notFor, ...rest } = draft;
  const uses = (notFor ?? []).map((use) => use.trim()).filter((use) => use !== "");
  return {
    ...rest,
    title: draft.title.trim(),
    ...(description?.trim() ? { description: description.trim() } : {}),
    ...(owner?.trim() ? { owner: owner.trim() } : {}),
    ...(uses.length === 0 ? {} : { notFor: uses }),
    sections: draft.sections
      .filter(({ heading }) => heading.trim() !== "")
      .map(({ guidance, maxItems, ...section }) => ({
        ...section,
        heading: section.heading.trim(),
        ...(guidance?.trim() ? { guidance: guidance.trim() } : {}),
        ...(maxItems === undefined ? {} : { maxItems }),
      })),
  };
}
