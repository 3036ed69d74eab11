// Where Electron's binary is, and how it comes here: its npm package fetches it from GitHub at first use. Build time only.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packageDir = fileURLToPath(new URL("../node_modules/electron", import.meta.url));
const releasesAddress = "https://github.com/electron/electron/releases/";
/** A closed network often swallows packets instead of refusing them. */
const reachTimeoutMs = 5000;
const fetchTimeoutMs = 10 * 60_000;

/** The executable, or null if it is not on this machine. */
export function electronPath(): string | null {
  try {
    const name = readFileSync(join(packageDir, "path.txt"), "utf8");
    const path = join(process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(packageDir, "dist"), name);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Fetches the executable if the network allows it. Answers its path or null; never throws. */
export async function fetchElectron(report: (line: string) => void): Promise<string | null> {
  if (!(await isReachable())) return null;
  report("Fetching Electron (once, about 120 MB) …");
  const child = spawn(process.execPath, [join(packageDir, "install.js")], {
    stdio: ["ignore", "ignore", "ignore"],
    env: { ...process.env, NODE_USE_ENV_PROXY: "1" },
    timeout: fetchTimeoutMs,
  });
  await new Promise<void>((done) => {
    child.on("error", () => done());
    child.on("exit", () => done());
  });
  return electronPath();
}

async function isReachable(): Promise<boolean> {
  // Behind a proxy, or with a mirror of the organisation's own, only the attempt itself can tell.
  if (
    ["HTTPS_PROXY", "https_proxy", "ELECTRON_MIRROR", "npm_config_electron_mirror"].some((name) => process.env[name])
  ) {
    return true;
  }
  try {
    const answer = await fetch(releasesAddress, { method: "HEAD", signal: AbortSignal.timeout(reachTimeoutMs) });
    return answer.ok;
  } catch {
    return false;
  }
}
