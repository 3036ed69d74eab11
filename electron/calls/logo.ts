// The organisation's logo in the store: chosen once, in the head of every document after that. Runs in main.
import type { Logo } from "../export/options.ts";
import type { Store } from "../store/types.ts";

const logoSetting = "logo";

type Settings = Pick<Store, "getSettings" | "setSetting">;

/** Null takes it away. */
export const keepLogo = (store: Settings, logo: Logo | null): Promise<void> =>
  store.setSetting(logoSetting, logo === null ? null : { ...logo, bytes: Buffer.from(logo.bytes).toString("base64") });

export async function keptLogo(store: Settings): Promise<Logo | null> {
  const kept = (await store.getSettings())[logoSetting] as (Omit<Logo, "bytes"> & { bytes: string }) | null | undefined;
  return kept ? { ...kept, bytes: new Uint8Array(Buffer.from(kept.bytes, "base64")) } : null;
}
