// What axe-core finds wrong with a page as it stands.
import axe from "axe-core";
import type { Page } from "playwright-core";
import { still } from "./screens.ts";

export interface Finding {
  readonly rule: string;
  readonly where: readonly string[];
}

/** Brings axe-core into the page. Once, for as long as the page is not loaded anew. */
export const bringAxe = (page: Page): Promise<unknown> => page.evaluate(axe.source);

export async function look(page: Page): Promise<readonly Finding[]> {
  await still(page);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] }),
  );
  return violations.map(({ id, nodes }) => ({ rule: id, where: nodes.map(({ html }) => html.slice(0, 200)) }));
}
