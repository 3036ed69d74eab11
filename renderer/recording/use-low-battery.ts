// Whether the battery is nearly empty and nothing charges it. Runs in the window.
import { useEffect, useState } from "react";

/** Chromium's, not in TypeScript's types: W3C Battery Status API. */
interface Battery extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}

const lowFrom = 0.1;

export function useLowBattery(): boolean {
  const [isLow, setIsLow] = useState(false);
  useEffect(() => {
    let battery: Battery | null = null;
    let isCurrent = true;
    const look = () => setIsLow(battery !== null && !battery.charging && battery.level <= lowFrom);
    const begin = async () => {
      const found = await (navigator as { getBattery?: () => Promise<Battery> }).getBattery?.();
      if (!isCurrent || found === undefined) return;
      battery = found;
      look();
      for (const name of ["levelchange", "chargingchange"]) found.addEventListener(name, look);
    };
    // A machine that does not tell has no battery that we could know of.
    begin().catch(() => {});
    return () => {
      isCurrent = false;
      for (const name of ["levelchange", "chargingchange"]) battery?.removeEventListener(name, look);
    };
  }, []);
  return isLow;
}
