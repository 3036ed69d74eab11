// Templates: the built-in files beside this module, and the reading of anyone's. Runs in main and the command line.
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { LyssnaError } from "../errors.ts";
import { fieldName } from "../field-name.ts";
import { type Template, templateSchema } from "../formats.ts";
import { readBounded } from "../read-bounded.ts";
import type { Reason } from "../reasons.ts";

/** The folder of the built-in templates, one JSON file each, named by its id. */
export const templatesDir = join(import.meta.dirname, "templates");

/** No honest template comes near; a hostile one is not read whole. */
const templateMaxBytes = 256 * 1024;
/** A template is three levels deep; what others add may be somewhat deeper. */
const levelsMax = 16;
const titleMax = 200;
const guidanceMax = 2000;
const headingsMax = 100;

/** The built-in templates, Swedish first, by title. */
export async function loadBuiltInTemplates(dir: string = templatesDir): Promise<readonly Template[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(".json"));
  const templates = await Promise.all(names.map((name) => readTemplate(join(dir, name))));
  const rank = ({ language }: Template) => (language === "sv" ? 0 : 1);
  return templates.toSorted((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, "sv"));
}

/** Reads one template file. Throws file-not-found, file-unreadable, file-empty or template-invalid. */
export async function readTemplate(path: string): Promise<Template> {
  const file = basename(path);
  const text = (await readBounded(path, templateMaxBytes, invalid(file, "too-large"))).toString("utf8");
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    throw invalid(file, "not-json");
  }
  return parseTemplate(json, file);
}

/** Checks a parsed template. `fileName` only names it in the error. Throws template-invalid with the reason. */
export function parseTemplate(json: unknown, fileName: string): Template {
  const refuse = (reason: Reason, details?: Details) => invalid(fileName, reason, details);
  checkMark(json, refuse);
  if (deeperThan(json, levelsMax)) throw refuse("too-deep");
  const seeable = withoutUnseen(json);
  const parsed = templateSchema.safeParse(seeable);
  if (!parsed.success) throw refuse(...whatIsWrong(seeable, parsed.error.issues[0]?.path ?? []));
  const seen = new Set<string>();
  for (const [at, section] of parsed.data.sections.entries()) {
    if (seen.has(section.id)) throw refuse("duplicate-section", { section: section.id });
    if ("sections" in section) throw refuse("nested-headings", { number: String(at + 1) });
    seen.add(section.id);
  }
  const code = fieldWithCode(parsed.data);
  if (code !== null) throw refuse("program-code", { field: code });
  return parsed.data;
}

type Details = Readonly<Record<string, string>>;

const invalid = (file: string, reason: Reason, details: Details = {}) =>
  new LyssnaError("template-invalid", { file, reason, ...details });

function checkMark(json: unknown, refuse: (reason: Reason) => LyssnaError): void {
  const mark = typeof json === "object" && json !== null && Object.hasOwn(json, "lyssna") && (json as Marked).lyssna;
  if (mark === "template/1") return;
  const isNewer = typeof mark === "string" && /^template\/(?:[2-9]|[1-9]\d{1,3})$/u.test(mark);
  throw refuse(isNewer ? "template-newer" : "not-a-template");
}

interface Marked {
  readonly lyssna: unknown;
}

/**
 * Without signs that nobody sees and that turn text around or make two headings look like one: bidirectional marks and
 * zero-width spaces. A template is at most `levelsMax` deep here.
 */
function withoutUnseen(json: unknown): unknown {
  if (typeof json === "string") return json.replaceAll(unseen, "");
  if (Array.isArray(json)) return json.map(withoutUnseen);
  if (typeof json !== "object" || json === null) return json;
  // Entries, so that a key named "__proto__" stays a key.
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withoutUnseen(value)]));
}

const unseen = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/** Level by level, so that depth cannot exhaust the stack. What is deeper could not be handed on to a worker either. */
function deeperThan(json: unknown, levels: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
  return false;
}

/** The schema's complaint as a person would put it. */
function whatIsWrong(json: unknown, path: readonly PropertyKey[]): [Reason, Details] {
  const [field, at, part] = path;
  const number = String(Number(at) + 1);
  const sections = (json as { readonly sections?: unknown }).sections;
  if (field === "title") return ["title-wrong", { most: String(titleMax) }];
  if (field === "sections" && path.length === 1) {
    if (Array.isArray(sections) && sections.length === 0) return ["no-headings", {}];
    if (Array.isArray(sections)) return ["too-many-headings", { most: String(headingsMax) }];
  }
  if (field === "sections" && part === "heading") return ["heading-empty", { number }];
  if (field === "sections" && part === "guidance") return ["guidance-long", { number, most: String(guidanceMax) }];
  if (field === "sections" && part === "kind") return ["unknown-kind", { number }];
  return ["field-wrong", { field: fieldName(path) }];
}

/**
 * A courtesy, not the defence: every view and export treats a template's words as plain text. A file that tries is
 * still not one that a colleague made.
 */
function fieldWithCode({ title, description, notFor, owner, sections }: Template): string | null {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["title", title],
    ["description", description],
    ["owner", owner],
    ...(notFor ?? []).map((use, at) => [`notFor[${at}]`, use] as const),
    ...sections.flatMap(({ heading, guidance }, at) => [
      [`sections[${at}].heading`, heading] as const,
      [`sections[${at}].guidance`, guidance] as const,
    ]),
  ];
  return fields.find(([, text]) => text !== undefined && looksLikeCode.test(text))?.[0] ?? null;
}

/** HTML that runs or fetches something, a script address, or signs that steer a terminal or a printer. */
const looksLikeCode =
  /<\s*\/?\s*(?:script|iframe|object|embed|style|link|meta|img|svg|form|base|html|body)\b|javascript:|(?![\n\r\t])\p{Cc}/iu;
