// What axe-core finds wrong with a page as it stands.
import axe, { type RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { still } from "./screens.ts";

export interface Finding {
  readonly rule: string;
  readonly where: readonly string[];
}

/** Brings axe-core into the page, unless it is there: a page that is loaded anew is without it. */
export async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
}

/** What of axe-core's rules a theme can break. */
const rulesOfColour = ["color-contrast", "link-in-text-block"];

export const look = (page: Page): Promise<readonly Finding[]> => findings(page, { resultTypes: ["violations"] });

/** The same screen in the other colours, and only what they can break. Leaves them as they were. */
export async function lookInTheDark(page: Page): Promise<readonly Finding[]> {
  const theme = await show(page, "dark");
  const found = await findings(page, { resultTypes: ["violations"], runOnly: { type: "rule", values: rulesOfColour } });
  await show(page, theme);
  return found;
}

const show = (page: Page, theme: string): Promise<string> =>
  page.evaluate((wanted) => {
    const { dataset } = document.documentElement;
    const before = dataset["theme"] ?? "system";
    dataset["theme"] = wanted;
    return before;
  }, theme);

async function findings(page: Page, options: RunOptions): Promise<readonly Finding[]> {
  await bringAxe(page);
  await still(page);
  const { violations } = await page.evaluate(
    (how) => (window as unknown as { axe: typeof axe }).axe.run(document, how),
    options,
  );
  return violations.map(({ id, nodes }) => ({ rule: id, where: nodes.map(({ html }) => html.slice(0, 200)) }));
}
