// What is crooked on a page as it stands: something to scroll to the side, words that are cut or lie over each other,
// things to press that are smaller than a finger. Looked for in the laid out page, so that it holds on any machine.
import type { Page } from "playwright-core";
import { still } from "./screens.ts";

/** From 400 % zoom of a 1280 × 1024 screen (WCAG 1.4.10) to 4K. */
export const windowSizes = [
  [320, 256],
  [640, 400],
  [900, 600],
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
] as const;

/** Faults at 400 % zoom and in the smallest window, in words. The window is left at its usual size. */
export async function lookAtLayout(page: Page): Promise<readonly string[]> {
  const usual = page.viewportSize() ?? { width: 1280, height: 800 };
  const faults: string[] = [];
  for (const [width, height] of [windowSizes[0], windowSizes[2]]) {
    await page.setViewportSize({ width, height });
    await settle(page);
    faults.push(...(await layoutFaults(page)).map((fault) => `${width} × ${height}: ${fault}`));
  }
  await page.setViewportSize(usual);
  await settle(page);
  return faults;
}

/** What floats is moved a frame after the window has changed; what is measured, a frame after that. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 60)),
  );
  await still(page);
}

/** Faults of the page at its present size. */
export const layoutFaults = (page: Page): Promise<readonly string[]> => page.evaluate(findFaults);

/** Runs in the page: nothing from outside it may be used. */
function findFaults(): readonly string[] {
  const leastTargetPx = 24;
  const faults = new Set<string>();
  const nameOf = (element: Element): string => {
    const words = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()}${element.classList.length > 0 ? `.${[...element.classList].join(".")}` : ""}> ${words}`;
  };
  /** For eyes: what is there for a screen reader only is clipped to nothing. */
  const isSeen = (element: Element): boolean => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    for (let outer: Element | null = element; outer !== null; outer = outer.parentElement)
      if (getComputedStyle(outer).clipPath !== "none" || getComputedStyle(outer).clip.startsWith("rect(")) return false;
    return true;
  };
  const scrolls = (overflow: string): boolean => overflow === "auto" || overflow === "scroll";

  for (const element of document.querySelectorAll<HTMLElement>("*")) {
    if (!isSeen(element) || element.clientWidth === 0) continue;
    const { overflowX } = getComputedStyle(element);
    if (element.scrollWidth <= element.clientWidth + 1) continue;
    if (scrolls(overflowX) || element === document.documentElement || element === document.body)
      faults.add(`scrolls to the side: ${nameOf(element)} (${element.scrollWidth} in ${element.clientWidth})`);
  }

  const targets =
    "button, a[href], input, textarea, select, summary, [role=button], [role=tab], [role=radio], [role=option], [role=menuitem]";
  for (const element of document.querySelectorAll(targets)) {
    // A box or a dot to tick is as large as the label it stands in.
    const target =
      element.closest("label") ?? (element.matches("[type=range]") ? element.closest("[class*=thumb]") : element);
    if (target === null || !isSeen(target) || element.closest("[hidden], [inert], [data-hidden]")) continue;
    const { width, height } = target.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    // Within a sentence the line decides (WCAG 2.5.8, inline).
    const around = element.parentElement?.textContent?.trim() ?? "";
    const isInline = element.matches("a") && around.length > (element.textContent?.trim() ?? "").length;
    if (!isInline && (width < leastTargetPx - 0.5 || height < leastTargetPx - 0.5))
      faults.add(`smaller than ${leastTargetPx} px: ${nameOf(element)} (${Math.round(width)} × ${Math.round(height)})`);
  }

  /** What of a box is seen, within everything that clips it; null where nothing is. */
  const clipped = (element: Element, box: DOMRect): DOMRect | null => {
    let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
    for (let outer: Element | null = element; outer !== null; outer = outer.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(outer);
      if (overflowX !== "visible" || overflowY !== "visible") {
        const edge = outer.getBoundingClientRect();
        left = Math.max(left, edge.left);
        top = Math.max(top, edge.top);
        right = Math.min(right, edge.right);
        bottom = Math.min(bottom, edge.bottom);
      }
      if (position === "fixed") break;
    }
    right = Math.min(right, window.innerWidth);
    bottom = Math.min(bottom, window.innerHeight);
    return right - left > 1 && bottom - top > 1 ? new DOMRect(left, top, right - left, bottom - top) : null;
  };
  /** What floats lies over the page on purpose. */
  const layerOf = (element: Element): Element => {
    for (let outer: Element | null = element; outer !== null; outer = outer.parentElement)
      if (
        ["fixed", "sticky"].includes(getComputedStyle(outer).position) ||
        outer.matches(".float, [role=dialog], [role=alertdialog]")
      )
        return outer;
    return document.body;
  };

  const lines: { readonly element: Element; readonly box: DOMRect; readonly layer: Element }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.textContent ?? "").trim() === "" || !isSeen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      // Cut to the side: nothing brings it into view.
      for (let outer: Element | null = element; outer !== null; outer = outer.parentElement) {
        const style = getComputedStyle(outer);
        const edge = outer.getBoundingClientRect();
        const beyond = box.right > edge.right + 1.5 || box.left < edge.left - 1.5;
        if (style.overflowX !== "visible" && !scrolls(style.overflowX) && beyond)
          faults.add(`cut off: ${nameOf(element)}`);
        const below = box.bottom > edge.bottom + 4 || box.top < edge.top - 4;
        if (style.overflowY === "hidden" && below && outer.clientHeight > 0) faults.add(`cut off: ${nameOf(element)}`);
        if (style.position === "fixed") break;
      }
      if (box.right > window.innerWidth + 1 || box.left < -1) faults.add(`beside the window: ${nameOf(element)}`);
      const seen = clipped(element, box);
      if (seen !== null) lines.push({ element, box: seen, layer: layerOf(element) });
    }
  }
  for (const [index, one] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      if (one.layer !== other.layer || one.element === other.element) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Lines of text stand closer than their letters' boxes are tall.
      if (across > 2 && down > 8)
        faults.add(`lie over each other: ${nameOf(one.element)} and ${nameOf(other.element)}`);
    }
  }
  return [...faults];
}
