// What every `npm run …` starts: installs what is missing, then runs the target with the project's own Node.
// Plain JavaScript without packages, for whatever Node (20 or newer) is on the machine.
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");

/** `here`: paths among the arguments are read from where the person stands, not from the repository. */
const targets = {
  start: { file: "build/start.ts" },
  demo: { file: "build/demo.ts" },
  test: { file: "tests/run.ts" },
  "test:long": { file: "tests/run.ts", args: ["--long"] },
  check: { file: "build/check.ts" },
  format: { file: "build/check.ts", args: ["--fix"] },
  bench: { file: "tests/bench/run.ts", here: true },
  lyssna: { file: "electron/cli.ts", here: true },
  speak: { file: "models/demonstration/speak.ts", here: true },
  build: { file: "build/build.ts" },
  package: { file: "build/package.ts" },
  licences: { file: "build/licences.ts" },
  screenshots: { file: "tests/window/screenshots.ts", args: ["docs/screenshots"] },
};

const [name = "", ...args] = process.argv.slice(2);
const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
if (target === undefined) fail(`Usage: node build/bootstrap.mjs <${Object.keys(targets).join("|")}> [arguments]`, 2);

if (!isInstalled()) await install();
run(target);

/** Compares what npm says it put into node_modules with what package-lock.json asks for. */
function isInstalled() {
  const wanted = readJson(join(root, "package-lock.json"));
  const present = readJson(join(modules, ".package-lock.json"));
  if (wanted === null) fail("package-lock.json is missing or damaged. Fetch the repository again.", 1);
  if (present === null) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    const found = present.packages?.[path];
    if (path === "" || (found === undefined && entry.optional === true)) return true;
    return found?.version === entry.version && found?.integrity === entry.integrity && existsSync(join(root, path));
  });
}

async function install() {
  const release = await lock();
  // Another command may have done it while this one waited.
  const code = isInstalled() ? 0 : installWithNpm();
  release();
  if (code === 0) return;
  fail(
    "The installation did not finish. The first run needs an npm registry: check the network, or set your " +
      "organisation's registry with `npm config set registry ADDRESS`, and run the same command again.",
    1,
  );
}

function installWithNpm() {
  const fresh = !existsSync(modules);
  say(fresh ? "Installing what Lyssna needs (once, about a minute) …" : "Installing what has changed …");
  moveRunningNodeAside();
  // `npm ci` for a bare clone. Later only what differs: `ci` would first remove the Node that may be running this.
  const command = fresh ? ["ci"] : ["install", "--no-save"];
  // No install scripts: everything Lyssna needs comes ready-made in the packages. ONNX Runtime's script would fetch
  // CUDA, and an older npm would compile SQLite.
  const code = npm([...command, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code === 0) makeFfmpegExecutable();
  return code;
}

function npm(npmArgs) {
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip", ELECTRON_SKIP_BINARY_DOWNLOAD: "1" };
  // A result on stdout is the target's alone: npm's own words go to stderr.
  const options = { cwd: root, env, stdio: ["ignore", 2, 2] };
  const npmCli = process.env.npm_execpath ?? "";
  const isNpm = /npm-cli\.c?js$/.test(npmCli) && existsSync(npmCli);
  const result = isNpm
    ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [npmCli, ...npmArgs], options)
    : spawnSync("npm", npmArgs, { ...options, shell: process.platform === "win32" });
  if (result.error !== undefined) say(`npm could not be started (${result.error.code}).`);
  return result.status ?? 1;
}

/** @ffmpeg-installer does this in an install script. Its packages are the fallback where the machine has no ffmpeg. */
function makeFfmpegExecutable() {
  const folder = join(modules, "@ffmpeg-installer");
  if (process.platform === "win32" || !existsSync(folder)) return;
  for (const entry of readdirSync(folder)) {
    const binary = join(folder, entry, "ffmpeg");
    if (existsSync(binary) && statSync(binary).isFile()) chmodSync(binary, 0o755);
  }
}

/** Windows cannot remove a program that is running, but it can rename it. */
function moveRunningNodeAside() {
  if (process.platform !== "win32" || !process.execPath.startsWith(modules)) return;
  mkdirSync(join(root, ".cache"), { recursive: true });
  renameSync(process.execPath, join(root, ".cache", `replaced-node-${process.pid}.exe`));
}

/** Two commands in a bare clone must not install over each other. A lock left by a dead process is taken over. */
async function lock() {
  const path = join(root, ".cache", "install.lock");
  mkdirSync(dirname(path), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!isAlive(path)) rmSync(path, { force: true });
    else if (!told) say("Another command is installing; waiting for it …");
    await new Promise((done) => setTimeout(done, 300));
  }
}

function isAlive(lockPath) {
  try {
    const pid = Number(readFileSync(lockPath, "utf8"));
    // Just made and not yet written.
    if (!(pid > 0)) return Date.now() - statSync(lockPath).mtimeMs < 5000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Node 24 from node_modules. Where no such package exists (Mac with Intel), the machine's own if it is new enough. */
function projectNode() {
  const { optionalDependencies } = readJson(join(root, "package.json"));
  const file = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  const ours = Object.keys(optionalDependencies)
    .filter((packageName) =>
      packageName.endsWith(`${process.platform === "win32" ? "win" : process.platform}-${process.arch}`),
    )
    .map((packageName) => join(modules, packageName, file))
    .find((path) => existsSync(path));
  if (ours !== undefined) return ours;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  return fail(
    "Node 24 could not be installed for this machine. Install Node 24 or newer and run the command again.",
    1,
  );
}

function run({ file, args: first = [], here = false }) {
  const path = join(root, file);
  if (!existsSync(path)) fail(`${file} is missing from this copy of the repository.`, 1);
  const child = spawn(projectNode(), ["--disable-warning=ExperimentalWarning", path, ...first, ...args], {
    cwd: here ? resolve(process.env.INIT_CWD ?? process.cwd()) : root,
    stdio: "inherit",
    // What Node has read once it need not read again, in none of the processes: a fifth of the tests' time.
    env: { NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node"), ...process.env },
  });
  // Ctrl-C in a terminal reaches the child by itself; it decides how to end. Other signals are handed on.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`Node could not be started (${error.code}).`, 1));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 15)));
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line, code) {
  say(line);
  process.exit(code);
}
