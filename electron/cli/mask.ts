// lyssna mask: not there yet, and says so. Runs in the command line.
import { LyssnaError } from "../errors.ts";

export async function mask(): Promise<never> {
  throw new LyssnaError("not-there-yet", { what: "masking" });
}
