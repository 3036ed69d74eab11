// `app`: life cycle, folders, switches, one instance at a time. Runs in main.
import { EventEmitter } from "node:events";
import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTold, tell } from "./link.ts";
import { known } from "./refuse.ts";

const switches = new Map(
  process.argv.slice(2).flatMap((arg) => {
    const [, name, value = ""] = /^--([\w-]+)(?:=(.*))?$/su.exec(arg) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  }),
);

const paths = new Map([["userData", switches.get("user-data-dir") ?? ""]]);

const pathOf = (name: string): string => {
  const path = paths.get(name);
  if (!path) throw new Error(`the stand-in for electron has no path named ${name}`);
  return path;
};

class App extends EventEmitter {
  readonly isPackaged = false;
  /** Only a Mac has one. */
  readonly dock = undefined;
  /** Closes every window; set by the windows' module. */
  closeWindows = (): void => {};
  readonly commandLine = known("app.commandLine", {
    hasSwitch: (name: string) => switches.has(name),
    getSwitchValue: (name: string) => switches.get(name) ?? "",
    appendSwitch: (name: string, value = "") => void switches.set(name, value),
  });

  enableSandbox(): void {}

  getVersion(): string {
    const manifest: { version: string } = JSON.parse(readFileSync(join(process.cwd(), "package.json"), "utf8"));
    return manifest.version;
  }

  getPath(name: string): string {
    return pathOf(name);
  }

  setPath(name: string, path: string): void {
    paths.set(name, path);
  }

  async whenReady(): Promise<void> {
    mkdirSync(pathOf("userData"), { recursive: true });
    await new Promise((done) => setImmediate(done));
  }

  /** A file with the process's number; the second one leaves its arguments in a file that the first one watches for. */
  requestSingleInstanceLock(): boolean {
    const dir = pathOf("userData");
    mkdirSync(dir, { recursive: true });
    const lock = join(dir, "stand-in-instance");
    const note = join(dir, "stand-in-second");
    const holder = Number(readIfThere(lock));
    if (holder > 0 && isAlive(holder)) {
      writeFileSync(note, JSON.stringify([process.argv, process.cwd()]));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    rmSync(note, { force: true });
    watch(dir, (_kind, file) => {
      const said = file === "stand-in-second" ? readIfThere(note) : "";
      if (said !== "") {
        const [args, folder] = JSON.parse(said) as [string[], string];
        rmSync(note, { force: true });
        this.emit("second-instance", {}, args, folder, null);
      }
    }).unref();
    return true;
  }

  quit(): void {
    let prevented = false;
    this.emit("before-quit", { preventDefault: () => (prevented = true) });
    if (prevented) return;
    this.closeWindows();
    this.exit(0);
  }

  exit(code = 0): void {
    if (Number(readIfThere(join(pathOf("userData"), "stand-in-instance"))) === process.pid) {
      rmSync(join(pathOf("userData"), "stand-in-instance"), { force: true });
    }
    process.exit(code);
  }
}

export const rawApp = new App();
export const app = known("app", rawApp);

onTold("quit", () => rawApp.quit());
onTold("open-file", ({ path }) => rawApp.emit("open-file", { preventDefault() {} }, path));
process.on("SIGTERM", () => rawApp.quit());
process.on("SIGINT", () => rawApp.quit());
process.on("disconnect", () => rawApp.quit());
process.on("uncaughtException", (error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  tell({ type: "error-box", content: "A JavaScript error occurred in the main process" });
  process.exitCode = 1;
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}
