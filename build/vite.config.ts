// Builds the window into dist/renderer: files only, nothing inline, so that a strict content security policy holds.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type ModuleInfo = { readonly importedIds: readonly string[] } | null;
let atStart: ReadonlySet<string> | null = null;

/** All that the first view needs is one file beside the entry: each file is a question and an answer. */
function chunkOf(id: string, infoOf: (id: string) => ModuleInfo): string | undefined {
  if (id.endsWith(".css")) return "sheets";
  atStart ??= importedBy(from("../renderer/main.tsx"), infoOf);
  return atStart.has(id) ? "window" : undefined;
}

function importedBy(entry: string, infoOf: (id: string) => ModuleInfo): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const id of found) for (const imported of infoOf(id)?.importedIds ?? []) found.add(imported);
  return found;
}

export default defineConfig({
  root: from("../renderer"),
  base: "./",
  plugins: [react()],
  build: {
    outDir: from("../dist/renderer"),
    emptyOutDir: true,
    // The oldest Chromium that the window ever meets is a current one.
    target: "chrome130",
    // A font or icon as data: would need a hole in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One sheet for all views, in the order of styles/sheets.ts, which decides between rules.
    cssCodeSplit: false,
    rollupOptions: { output: { manualChunks: (id, { getModuleInfo }) => chunkOf(id, getModuleInfo) } },
    chunkSizeWarningLimit: 2000,
  },
});
