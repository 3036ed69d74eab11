// Electron's fuses, all of them, for the packaged app. Build time only: flipped in the executable before it is signed.
import { type FuseV1Config, FuseV1Options, FuseVersion } from "@electron/fuses";

export const fuses = {
  version: FuseVersion.V1,
  // A fuse that a new Electron brings must be decided about here before anything is packaged.
  strictlyRequireAllFuses: true,
  resetAdHocDarwinSignature: true,
  // The executable must not serve as a plain Node with the app's signature.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Nothing is loaded over file:, so that address needs no rights.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Silero and fallbacks may run WebAssembly; bounds checked by the processor are as safe and faster.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseV1Config;
