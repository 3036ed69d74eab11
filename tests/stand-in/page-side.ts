// Electron's half of the page: `contextBridge`, `ipcRenderer` and `webUtils` for the preload, which runs in the closure
// of `pageSide`. Sent to the page as source, before any script of the page: it can use nothing from outside itself.

/** What the page asks of the host, through the one binding. */
export type PageMessage =
  | { readonly type: "invoke"; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: "next"; readonly document: string }
  | { readonly type: "paths"; readonly count: number };

export type InvokeOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

export interface SentMessage {
  readonly channel: string;
  readonly args: readonly unknown[];
}

export const bindingName = "__standIn";
/** Where the page lays files for the host to look up their paths, for as long as that takes. */
export const filesName = "__standInFiles";

/** An answer as one string: a tree of many thousand objects takes the debugger seconds. Bytes as they are in Base64. */
export const pack = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, inner: unknown) =>
    inner instanceof Uint8Array ? { bytesInBase64: Buffer.from(inner).toString("base64") } : inner,
  );

type Preload = (require: (name: string) => unknown, module: object, exports: object) => void;

export function pageSide(origin: string, bindingKey: string, filesKey: string, runPreload: Preload): void {
  const page = globalThis as unknown as Record<string, unknown>;
  const packed = page[bindingKey] as (message: PageMessage) => Promise<string>;
  const binding = async (message: PageMessage): Promise<unknown> =>
    JSON.parse(await packed(message), (_key, value: unknown) =>
      typeof value === "object" && value !== null && "bytesInBase64" in value
        ? Uint8Array.from(atob(String(value.bytesInBase64)), (letter) => letter.charCodeAt(0))
        : value,
    );
  delete page[bindingKey];
  // Electron runs a preload in the main frame only, unless it is told otherwise.
  if (window.top !== window || location.origin !== origin) return;

  const known = <Value extends object>(name: string, value: Value): Value =>
    new Proxy(value, {
      get(target, member) {
        if (!(member in target)) throw new Error(`the stand-in for electron does not know ${name}.${String(member)}`);
        const found: unknown = Reflect.get(target, member);
        return found;
      },
    });

  /** What crosses the bridge is copied; functions become doors. Neither side ever holds an object of the other. */
  const cross = (value: unknown): unknown => {
    if (typeof value === "function") return (...args: unknown[]) => cross(value(...args.map(cross)));
    if (typeof value === "symbol") throw new TypeError("A symbol cannot cross the bridge");
    if (typeof value !== "object" || value === null || value instanceof Blob || value instanceof Node) return value;
    if (value instanceof Promise) {
      return value.then(cross, (error: unknown) => {
        throw new Error(error instanceof Error ? error.message : String(error));
      });
    }
    if (Array.isArray(value)) return Object.freeze(value.map(cross));
    if (Object.getPrototypeOf(value) === Object.prototype) {
      return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cross(inner)])));
    }
    return structuredClone(value);
  };

  const contextBridge = known("contextBridge", {
    exposeInMainWorld: (key: string, api: unknown) =>
      Object.defineProperty(window, key, { value: cross(api), enumerable: true }),
  });

  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  const documentId = crypto.randomUUID();
  const listen = async () => {
    for (;;) {
      const sent = (await binding({ type: "next", document: documentId })) as readonly SentMessage[];
      for (const { channel, args } of sent) for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
    }
  };
  const ipcRenderer = known("ipcRenderer", {
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      // Throws for what cannot be cloned, as Electron does.
      const outcome = (await binding({ type: "invoke", channel, args: structuredClone(args) })) as InvokeOutcome;
      if (outcome.ok) return outcome.value;
      throw new Error(`Error invoking remote method '${channel}': ${outcome.message}`);
    },
    on(channel: string, listener: (event: object, ...args: unknown[]) => void): void {
      if (listeners.size === 0) void listen();
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    },
  });

  const paths = new Map<string, string>();
  const keyOf = (file: File) => `${file.name}\n${file.size}\n${file.lastModified}`;
  const webUtils = known("webUtils", { getPathForFile: (file: File) => paths.get(keyOf(file)) ?? "" });

  // A page cannot know the path of a file, and Electron answers at once: so a drop waits until the host has looked.
  window.addEventListener(
    "drop",
    (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!event.isTrusted || files.length === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { target, clientX, clientY } = event;
      const again = new DataTransfer();
      for (const file of files) again.items.add(file);
      page[filesKey] = files;
      void binding({ type: "paths", count: files.length }).then((found) => {
        delete page[filesKey];
        for (const [index, path] of (found as readonly string[]).entries()) {
          const file = files[index];
          if (file !== undefined) paths.set(keyOf(file), path);
        }
        const dropped = { dataTransfer: again, bubbles: true, cancelable: true, clientX, clientY };
        (target ?? window).dispatchEvent(new DragEvent("drop", dropped));
      });
    },
    { capture: true },
  );

  const electron = known("electron", { contextBridge, ipcRenderer, webUtils });
  const requireElectron = (name: string): unknown => {
    if (name === "electron") return electron;
    throw new Error(`module not found: ${name}`);
  };
  runPreload(requireElectron, { exports: {} }, {});
}
