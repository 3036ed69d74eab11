// The few settings that a locked window shows itself by. They lie readable beside the database: no content. Runs in main.
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PlainSettings } from "../calls/locked.ts";
import { defaultSettings, settingsSchema } from "../contract.ts";
import { writeWhole } from "../store/write-file.ts";

const schema = settingsSchema.pick({ interfaceLanguage: true, theme: true, hideFromCapture: true });

export interface KeptPlainSettings {
  current(): PlainSettings;
  keep(settings: PlainSettings): void;
}

export function plainSettingsIn(dir: string): KeptPlainSettings {
  const path = join(dir, "window.json");
  let current = read(path);
  return {
    current: () => current,
    keep(settings) {
      const next = schema.parse(settings);
      if (JSON.stringify(next) === JSON.stringify(current)) return;
      current = next;
      writeSmall(path, `${JSON.stringify(next)}\n`);
    },
  };
}

/** What can be lost without harm: a disk that is full is no reason to disturb anyone. */
export function writeSmall(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeWhole(path, Buffer.from(text), { overwrite: true });
  } catch {
    // It is then as it was before.
  }
}

function read(path: string): PlainSettings {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return schema.parse(defaultSettings);
  }
}
