// Which view is shown: the address after "#", so that back and forward work as everywhere. Runs in the window.
import { useSyncExternalStore } from "react";
import { createCell } from "./cell.ts";

export type Route =
  | { readonly view: "library" }
  | { readonly view: "first-start" }
  | { readonly view: "new-report" }
  | { readonly view: "ask" }
  | { readonly view: "case"; readonly reference: string }
  /** `about` is the meeting that own thoughts are about. */
  | { readonly view: "record"; readonly about: string | null }
  | { readonly view: "mini" }
  /** A window of its own. */
  | { readonly view: "summary"; readonly id: string }
  | { readonly view: "settings"; readonly page: SettingsPage }
  /** Section null is its beginning. */
  | { readonly view: "help"; readonly section: string | null }
  | { readonly view: "templates" }
  /** Version null is the latest, which an own template is written on in. */
  | { readonly view: "template"; readonly id: string; readonly version: number | null }
  | { readonly view: "meeting"; readonly id: string; readonly segmentId: string | null };

export const settingsPages = [
  "general",
  "conversations",
  "models",
  "glossary",
  "retention",
  "log",
  "move",
  "lock",
  "keys",
  "about",
] as const;
export type SettingsPage = (typeof settingsPages)[number];

/** The address of a view. */
export function addressOf(route: Route): string {
  if (route.view === "library") return "#/";
  if (route.view === "first-start") return "#/start";
  if (route.view === "new-report") return "#/report";
  if (route.view === "ask") return "#/ask";
  if (route.view === "case") return `#/case/${encodeURIComponent(route.reference)}`;
  if (route.view === "mini") return "#/mini";
  if (route.view === "summary") return `#/summary/${encodeURIComponent(route.id)}`;
  if (route.view === "record") return route.about === null ? "#/record" : `#/record/${encodeURIComponent(route.about)}`;
  if (route.view === "settings") return `#/settings/${route.page}`;
  if (route.view === "help") return route.section === null ? "#/help" : `#/help/${encodeURIComponent(route.section)}`;
  if (route.view === "templates") return "#/templates";
  if (route.view === "template") {
    return `#/templates/${encodeURIComponent(route.id)}${route.version === null ? "" : `/${route.version}`}`;
  }
  const segment = route.segmentId === null ? "" : `/${encodeURIComponent(route.segmentId)}`;
  return `#/meeting/${encodeURIComponent(route.id)}${segment}`;
}

/** The view of an address; anything unknown is the library. */
export function parseAddress(hash: string): Route {
  const [view, first, second] = hash.replace(/^#\/?/u, "").split("/").map(decode);
  if (view === "start") return { view: "first-start" };
  if (view === "record") return { view: "record", about: first || null };
  if (view === "mini") return { view: "mini" };
  if (view === "summary" && first) return { view: "summary", id: first };
  if (view === "report") return { view: "new-report" };
  if (view === "ask") return { view: "ask" };
  if (view === "case" && first) return { view: "case", reference: first };
  if (view === "meeting" && first) return { view: "meeting", id: first, segmentId: second || null };
  if (view === "templates" && first) {
    return { view: "template", id: first, version: /^[1-9]\d{0,8}$/u.test(second ?? "") ? Number(second) : null };
  }
  if (view === "help") return { view: "help", section: first || null };
  if (view === "templates") return { view: "templates" };
  if (view === "settings") return { view: "settings", page: settingsPages.find((page) => page === first) ?? "general" };
  return { view: "library" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

export const meetingAddress = (id: string, segmentId: string | null = null): string =>
  addressOf({ view: "meeting", id, segmentId });

export const go = (route: Route): void => {
  window.location.hash = addressOf(route);
};

const watch = (listener: () => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

/** The address itself: a string, so that it compares by value. */
export const useAddress = (): string => useSyncExternalStore(watch, () => window.location.hash);

/** The meeting that was open last: going back puts the focus on its row. */
export const lastOpened = createCell<string | null>(null);
