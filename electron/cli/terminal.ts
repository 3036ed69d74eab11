// What a command is given by whoever starts it: Node, the installed app, or a test. Runs in the command line.
import type { Writable } from "node:stream";
import type { InterfaceLanguage } from "../formats.ts";
import type { PolicyState } from "../contract.ts";
import type { PolicyInForce } from "../policy/state.ts";
import type { StartInference } from "../inference/protocol.ts";
import type { HubOptions } from "../models/ask-hub.ts";
import type { Network } from "../network.ts";
import type { TypedInput } from "./ask-secret.ts";
import { type CliText, cliText } from "./texts.ts";

export interface CliHost {
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Where a passphrase may be typed; not there where nobody sits. */
  readonly stdin?: TypedInput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly startInference: StartInference;
  /** The one way to the network; used only by `models install`. */
  readonly fetch: typeof fetch;
  /** Reaches servers on this machine; used only where `--engine` names one. */
  readonly fetchHere?: typeof fetch;
  /** Opens it, where the host closes it otherwise. */
  readonly network?: Network;
  /** Waits between tries of a download; left out, by the clock. */
  readonly wait?: HubOptions["wait"];
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly version: string;
  /** Where the installed app carries its own ffmpeg. */
  readonly ffmpegDir?: string | undefined;
  /** What the organisation has decided for this computer; where it is left out, the computer is asked. */
  readonly policy?: () => Promise<PolicyInForce>;
}

export interface Terminal extends Omit<CliHost, "policy"> {
  /** What the organisation has decided. */
  readonly policy: PolicyState;
  /** The settings that it has fixed. */
  readonly fixed: PolicyInForce["values"];
  readonly language: InterfaceLanguage;
  /** Result, on standard output. Resolves once it is written. */
  print(result: string | Uint8Array): Promise<void>;
  /** A sentence to the person, on standard error. */
  note(key: CliText, details?: Readonly<Record<string, string>>): void;
  text(key: CliText, details?: Readonly<Record<string, string>>): string;
}

export function createTerminal(host: CliHost, inForce: PolicyInForce, language: InterfaceLanguage): Terminal {
  const text = (key: CliText, details?: Readonly<Record<string, string>>) => cliText(key, language, details);
  return {
    ...host,
    policy: inForce.state,
    fixed: inForce.values,
    language,
    print: (result) =>
      new Promise((done, failed) => {
        host.stdout.write(result, (error) => (error ? failed(error) : done()));
      }),
    note: (key, details) => void host.stderr.write(`${text(key, details)}\n`),
    text,
  };
}
