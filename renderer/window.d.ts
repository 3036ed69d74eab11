// What the page finds around it: the bridge that preload gives, style files, and the keys of the texts.
import type { WindowApi } from "../electron/contract.ts";
import type texts from "./texts/sv.json";

declare global {
  interface Window {
    readonly lyssna: WindowApi;
  }
}

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "texts";
    resources: { texts: typeof texts };
    returnNull: false;
  }
}
