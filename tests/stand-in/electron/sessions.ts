// `session` and `protocol`: partitions with their request, permission and scheme handlers. Runs in main.
import { EventEmitter } from "node:events";
import type { RequestOutcome } from "../messages.ts";
import { rawApp } from "./app.ts";
import { known, knownOptions } from "./refuse.ts";

type BeforeRequest = (
  details: { readonly url: string; readonly method: string },
  callback: (answer: { readonly cancel?: boolean }) => void,
) => void;
type CheckPermission = (contents: null, permission: string, origin: string, details: object) => boolean;
type AskPermission = (
  contents: null,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type Serve = (request: Request) => Response | Promise<Response>;

interface Privileges {
  readonly standard: boolean;
  readonly secure: boolean;
}

const schemes = new Map<string, Privileges>();

export const protocol = known("protocol", {
  registerSchemesAsPrivileged(list: readonly { readonly scheme: string; readonly privileges: Privileges }[]): void {
    for (const { scheme, privileges } of list) {
      knownOptions("a scheme", privileges, ["standard", "secure", "stream", "supportFetchAPI"]);
      schemes.set(scheme, privileges);
    }
  },
});

/** Only such a scheme makes an origin of its own and a secure context; the stand-in can show no other. */
export const isPrivileged = (scheme: string): boolean =>
  schemes.get(scheme)?.standard === true && schemes.get(scheme)?.secure === true;

export class Session extends EventEmitter {
  private beforeRequest: BeforeRequest | null = null;
  private checkPermission: CheckPermission | null = null;
  private askPermission: AskPermission | null = null;
  private readonly handlers = new Map<string, Serve>();

  readonly webRequest = known("session.webRequest", {
    onBeforeRequest: (listener: BeforeRequest) => void (this.beforeRequest = listener),
  });
  readonly protocol = known("session.protocol", {
    handle: (scheme: string, handler: Serve) => void this.handlers.set(scheme, handler),
  });

  setPermissionCheckHandler(handler: CheckPermission): void {
    this.checkPermission = handler;
  }

  setPermissionRequestHandler(handler: AskPermission): void {
    this.askPermission = handler;
  }

  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}

  /** Like Electron, which grants everything that nobody answers for. */
  isGranted(permission: string, media: string, url: string): boolean {
    const checked =
      this.checkPermission?.(null, permission, new URL(url).origin === "null" ? url : new URL(url).origin, {
        mediaType: media,
      }) ?? true;
    let asked = this.askPermission === null;
    this.askPermission?.(null, permission, (granted) => (asked = granted), {
      mediaTypes: media === "" ? [] : [media],
      requestingUrl: url,
    });
    return checked && asked;
  }

  async isCancelled(url: string, method: string): Promise<boolean> {
    const { beforeRequest } = this;
    if (beforeRequest === null) return false;
    return new Promise((resolve) => beforeRequest({ url, method }, ({ cancel = false }) => resolve(cancel)));
  }

  async answer(url: string, method: string, headers: Readonly<Record<string, string>>): Promise<RequestOutcome> {
    if (await this.isCancelled(url, method)) return { kind: "cancelled" };
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) return { kind: "pass" };
    const response = await handler(new Request(url, { method, headers }));
    // A body that breaks off, as when the app is closing, is a failed request and no fault of main's.
    const body = await response.bytes().catch(() => null);
    if (body === null) return { kind: "cancelled" };
    return { kind: "response", status: response.status, headers: Object.fromEntries(response.headers), body };
  }

  async setProxy(config: { readonly mode?: string }): Promise<void> {
    knownOptions("a proxy", config, ["mode"]);
  }

  async fetch(url: string, init?: RequestInit): Promise<Response> {
    if (await this.isCancelled(url, init?.method ?? "GET")) throw new TypeError("net::ERR_BLOCKED_BY_CLIENT");
    return fetch(url, init);
  }
}

const partitions = new Map<string, Session>();

function fromPartition(name: string): Session {
  const found = partitions.get(name);
  if (found !== undefined) return found;
  const made = known("session", new Session());
  partitions.set(name, made);
  rawApp.emit("session-created", made);
  return made;
}

export const session = known("session", {
  fromPartition,
  get defaultSession() {
    return fromPartition("");
  },
});
