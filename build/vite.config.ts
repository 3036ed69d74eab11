// Builds the window into dist/renderer: files only, nothing inline, so that a strict content security policy holds.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
    modulePreload: false,
    // One sheet for all views, in the order of styles/sheets.ts, which decides between rules.
    cssCodeSplit: false,
    rollupOptions: { output: { manualChunks: (id) => (id.endsWith(".css") ? "sheets" : undefined) } },
    chunkSizeWarningLimit: 2000,
  },
});
