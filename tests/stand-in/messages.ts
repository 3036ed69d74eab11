// Everything that is said between the host (the process with Chromium) and main (Node in place of Electron).
// Structured clones over a fork's channel.

/** What main asks of the host; each is answered by `{ type: "answer", id, value }`. */
export type HostRequest =
  | { readonly type: "load"; readonly window: number; readonly url: string }
  | { readonly type: "open-dialog"; readonly window: number; readonly directories: boolean; readonly multiple: boolean }
  | { readonly type: "save-dialog"; readonly window: number; readonly defaultPath: string };

/** What main tells the host. */
export type ToHost =
  | { readonly type: "ask"; readonly id: number; readonly request: HostRequest }
  | { readonly type: "answer"; readonly id: number; readonly value: unknown }
  | { readonly type: "window"; readonly window: number; readonly options: WindowShape; readonly preload: string }
  | { readonly type: "reload"; readonly window: number }
  | { readonly type: "front"; readonly window: number }
  | { readonly type: "destroy"; readonly window: number }
  | { readonly type: "send"; readonly window: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: "input"; readonly window: number; readonly key: string }
  | { readonly type: "theme"; readonly source: "system" | "light" | "dark" }
  | { readonly type: "content-protection"; readonly window: number; readonly on: boolean }
  | { readonly type: "clipboard"; readonly text: string }
  | { readonly type: "error-box"; readonly content: string }
  | { readonly type: "notification"; readonly text: string }
  | { readonly type: "utility"; readonly pid: number };

export interface WindowShape {
  readonly width: number;
  readonly height: number;
}

/** What the host asks of main. */
export type MainRequest =
  | {
      readonly type: "invoke";
      readonly window: number;
      readonly frame: FrameShape;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | {
      readonly type: "request";
      readonly window: number;
      readonly url: string;
      readonly method: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: "navigate"; readonly window: number; readonly url: string; readonly isMainFrame: boolean }
  | { readonly type: "window-open"; readonly window: number; readonly url: string }
  | {
      readonly type: "permission";
      readonly window: number;
      readonly permission: string;
      /** Of "media": audio or video. */
      readonly media: string;
      readonly url: string;
    }
  | { readonly type: "download"; readonly window: number };

/** What the host tells main. */
export type ToMain =
  | { readonly type: "ask"; readonly id: number; readonly request: MainRequest }
  | { readonly type: "answer"; readonly id: number; readonly value: unknown }
  | { readonly type: "ready-to-show"; readonly window: number }
  | { readonly type: "closed"; readonly window: number }
  | { readonly type: "crashed"; readonly window: number }
  /** Nobody has touched the computer for so long. */
  | { readonly type: "idle"; readonly seconds: number }
  /** The person presses the window's cross. */
  | { readonly type: "close-asked"; readonly window: number }
  /** The person looks at the app, or at something else. */
  | { readonly type: "looked-at"; readonly on: boolean }
  | {
      readonly type: "power";
      readonly event: "suspend" | "resume" | "lock-screen" | "shutdown" | "on-battery" | "on-ac";
    }
  | { readonly type: "open-file"; readonly path: string }
  | { readonly type: "shortcut"; readonly accelerator: string }
  | { readonly type: "quit" };

export interface FrameShape {
  readonly url: string;
  readonly isMain: boolean;
}

/** How a request of the page was answered; "pass" means that main would have let it out. */
export type RequestOutcome =
  | { readonly kind: "cancelled" }
  | { readonly kind: "pass" }
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    };

/** `lyssna://app/x` as the page sees it: an intercepted https address is a secure context. */
export const toShown = (url: string): string => url.replace(/^([a-z]+):\/\/([a-z]+)(?=\/|$)/u, "https://$2.$1.invalid");
export const fromShown = (url: string): string =>
  url.replace(/^https:\/\/([a-z]+)\.([a-z]+)\.invalid(?=\/|$)/u, "$2://$1");
