// What the organisation lets a person do here. What it forbids is not offered; behind the window it is refused as well.
import type { ExportFormat, Settings } from "../../electron/contract.ts";
import { useSnapshot } from "./snapshots.ts";

/** Whether the organisation leaves this setting out of sight. */
export const useHidden = (key: keyof Settings): boolean => useSnapshot("policy").hidden.includes(key);

/** Of these formats those that may be written, in the same order. */
export function useAllowedFormats<Format extends ExportFormat>(formats: readonly Format[]): readonly Format[] {
  const { exportFormats } = useSnapshot("policy");
  return formats.filter((format) => exportFormats.includes(format));
}

/** Whether a model that is not here can be had from the network at all. */
export function useMayDownload(): boolean {
  const { modelDownload, networkHosts } = useSnapshot("policy");
  return modelDownload && networkHosts?.length !== 0;
}
