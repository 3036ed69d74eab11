// What the window may ask of the system: one table, everything spelled out. Runs in main.
// A permission that Electron adds does not compile until somebody has decided about it here.
import type { Session, WebContents } from "electron";
import { isOwnAddress } from "./own-address.ts";

type CheckHandler = NonNullable<Parameters<Session["setPermissionCheckHandler"]>[0]>;
export type Permission = Parameters<CheckHandler>[1];

/**
 * Nothing is granted as such: text is copied by main, and files are chosen in main's dialogs. "media" is for the
 * microphone alone, and for our own page: `isMicrophone` decides.
 */
export const permissions = {
  ar: false,
  "automatic-fullscreen": false,
  "background-fetch": false,
  "background-sync": false,
  "captured-surface-control": false,
  "clipboard-read": false,
  "clipboard-sanitized-write": false,
  "deprecated-sync-clipboard-read": false,
  "display-capture": false,
  fileSystem: false,
  fullscreen: false,
  geolocation: false,
  "geolocation-approximate": false,
  "hand-tracking": false,
  hid: false,
  "idle-detection": false,
  keyboardLock: false,
  "local-fonts": false,
  "local-network": false,
  "local-network-access": false,
  "loopback-network": false,
  media: false,
  mediaKeySystem: false,
  midi: false,
  midiSysex: false,
  nfc: false,
  notifications: false,
  openExternal: false,
  "payment-handler": false,
  "periodic-background-sync": false,
  "persistent-storage": false,
  pointerLock: false,
  "screen-wake-lock": false,
  sensors: false,
  serial: false,
  "smart-card": false,
  "speaker-selection": false,
  "storage-access": false,
  "system-wake-lock": false,
  "top-level-storage-access": false,
  unknown: false,
  usb: false,
  vr: false,
  "web-app-installation": false,
  "web-printing": false,
  "window-management": false,
} as const satisfies Record<Permission, boolean>;

/**
 * The same for the page itself (Permissions-Policy), so that most requests never reach the table. Bluetooth is not a
 * feature of every Chromium, which complains of names it does not know: guardDevices refuses its devices.
 */
export const windowFeatures = [
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "geolocation",
  "hid",
  "idle-detection",
  "local-fonts",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
] as const;

/** What the page itself may ask for: the microphone, and in Windows, which has it, the computer's own sound. */
export const ownFeatures: ReadonlySet<string> = new Set([
  "microphone",
  ...(process.platform === "win32" ? ["display-capture"] : []),
]);

// A name that Chromium learns before Electron's types do is not in the table, and so not granted.
const granted: ReadonlyMap<string, boolean> = new Map(Object.entries(permissions));
const isGranted = (permission: string): boolean => granted.get(permission) === true;

export type GuardedSession = Pick<
  Session,
  | "setPermissionCheckHandler"
  | "setPermissionRequestHandler"
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
>;

/** A screen, without which Chromium gives no sound of the computer; null where there is none. Only Windows has it. */
export type ComputerSound = () => Promise<Video | null>;
type DisplayMedia = NonNullable<Parameters<Session["setDisplayMediaRequestHandler"]>[0]>;
type Video = NonNullable<NonNullable<Parameters<Parameters<DisplayMedia>[1]>[0]>["video"]>;

interface MediaDetails {
  readonly mediaType?: string;
  readonly mediaTypes?: readonly string[];
  readonly requestingUrl?: string;
  readonly securityOrigin?: string;
}

/** Sound and nothing else, asked for by our own page. */
function isMicrophone(permission: string, details: MediaDetails, origin: string): boolean {
  if (permission !== "media") return false;
  const types = details.mediaTypes ?? (details.mediaType === undefined ? [] : [details.mediaType]);
  return types.length > 0 && types.every((type) => type === "audio") && isOwnAddress(`${origin.replace(/\/$/u, "")}/`);
}

/** For every session. Both the check and the request are answered: most of the web's interfaces ask twice. */
export function guardPermissions(session: GuardedSession, computerSound: ComputerSound | null = null): void {
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) => isGranted(permission) || isMicrophone(permission, details, origin),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const origin = originOf(details.requestingUrl);
    callback(isGranted(permission) || isMicrophone(permission, details, origin));
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((request, callback) => {
    const refuse = () => callback(null);
    if (
      computerSound === null ||
      !request.audioRequested ||
      !isOwnAddress(`${request.securityOrigin.replace(/\/$/u, "")}/`)
    )
      return refuse();
    // The picture is asked for because the system gives no sound without one; the page stops it at once.
    computerSound().then((video) => (video === null ? refuse() : callback({ video, audio: "loopback" })), refuse);
  });
}

/** "lyssna://app/#/record" → "lyssna://app". The address may be anything. */
const originOf = (address: string): string => /^[a-z]+:\/\/[^/?#]*/u.exec(address)?.[0] ?? "";

/** Without a listener Electron picks the first Bluetooth device it finds. */
export function guardDevices(contents: Pick<WebContents, "on">): void {
  contents.on("select-bluetooth-device", (event, _devices, callback) => {
    event.preventDefault();
    callback("");
  });
}
