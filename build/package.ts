// `npm run package`: installers for this system, or with --dir the app as a folder. Build time only.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { flipFuses } from "@electron/fuses";
import { type AfterPackContext, build as buildInstallers, type Configuration, Platform } from "electron-builder";
import { build } from "./build.ts";
import { fuses } from "./fuses.ts";

import { installers } from "./installers.ts";
import { writeLicences } from "./licences.ts";
import { makeFfmpeg } from "./make-ffmpeg.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const say = (line: string) => process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    /** The packed app, and no installer of it. */
    dir: { type: "boolean", default: false },
    /** Where the result goes; otherwise out/installers. */
    out: { type: "string" },
    /** A folder with Electron as it is unpacked; otherwise electron-builder fetches the version that is installed. */
    "electron-dist": { type: "string" },
    /** A folder with the ffmpeg to bring; otherwise the one that build/ffmpeg.json names is fetched and verified. */
    ffmpeg: { type: "string" },
  },
});

await build(say);
writeLicences();
const ffmpegDir = values.ffmpeg === undefined ? await makeFfmpeg(say) : resolve(values.ffmpeg);

const config: Configuration = {
  ...installers,
  directories: {
    ...installers.directories,
    ...(values.out === undefined ? {} : { output: resolve(values.out) }),
  },
  extraResources: [{ from: ffmpegDir, to: "ffmpeg" }, ...installers.extraResources],
  ...(values["electron-dist"] === undefined ? {} : { electronDist: resolve(values["electron-dist"]) }),
  // All of them, and strictly: electron-builder itself knows only some.
  afterPack: async (packed) => void (await flipFuses(executableOf(packed), fuses)),
};
const target = values.dir ? Platform.current().createTarget("dir") : Platform.current().createTarget();
for (const path of await buildInstallers({ targets: target, config, projectDir: root, publish: "never" })) say(path);

function executableOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === "darwin") return join(appOutDir, `${productFilename}.app`);
  if (electronPlatformName === "win32") return join(appOutDir, `${productFilename}.exe`);
  return join(appOutDir, installers.linux.executableName);
}
