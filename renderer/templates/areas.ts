// Where templates are used: the areas by which one looks for them. Runs in the window.
import type { ShelfTemplate } from "../../electron/contract.ts";

export const areas = ["allmant", "socialtjanst", "skola", "raddningstjanst"] as const;
export type Area = (typeof areas)[number];

/** Every word of the query stands somewhere in the title, the description or a heading. */
export function holdsWords({ template }: ShelfTemplate, query: string): boolean {
  const { title, description = "", sections } = template;
  const all = [title, description, ...sections.map(({ heading }) => heading)].join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => all.includes(word));
}

export interface Group {
  /** "own" for what the person made. */
  readonly name: Area | "own";
  readonly templates: readonly ShelfTemplate[];
}

/** The person's own first, then each built-in one once, under the first area that it names. */
export function groupByArea(shelf: readonly ShelfTemplate[], chosen: Area | "all"): readonly Group[] {
  const isIn = (area: Area) => (one: ShelfTemplate) => (one.template.for ?? []).includes(area);
  const shown = chosen === "all" ? shelf : shelf.filter(isIn(chosen));
  const builtIn = shown.filter(({ own }) => !own);
  const firstArea = (one: ShelfTemplate) =>
    chosen === "all" ? (areas.find((area) => isInFirst(one, area)) ?? "allmant") : chosen;
  return [
    { name: "own" as const, templates: shown.filter(({ own }) => own) },
    ...areas.map((name) => ({ name, templates: builtIn.filter((one) => firstArea(one) === name) })),
  ].filter(({ templates }) => templates.length > 0);
}

const isInFirst = ({ template }: ShelfTemplate, area: Area) => template.for?.[0] === area;
