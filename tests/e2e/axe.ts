// What axe-core finds wrong with a page as it stands.
import axe from "axe-core";
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

export async function look(page: Page): Promise<readonly Finding[]> {
  await bringAxe(page);
  await still(page);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] }),
  );
  return violations.map(({ id, nodes }) => ({ rule: id, where: nodes.map(({ html }) => html.slice(0, 200)) }));
}
