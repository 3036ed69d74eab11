// Whether an address is the window's own. Runs in main. A string comparison: addresses come whole from Chromium.
import { appOrigin } from "../contract.ts";

export const isOwnAddress = (address: string): boolean => address.startsWith(`${appOrigin}/`);

/** The window's one page. What stands after "#" is the window's own business. */
export const startAddress = `${appOrigin}/`;

export const isStartPage = (address: string): boolean => address.replace(/#.*$/su, "") === startAddress;
