// What the annex to an impact assessment is made of: the configuration as it is on this computer. Values.
import type { PolicyState, Retention, Settings } from "../../contract.ts";

export interface AnnexModel {
  /** What writes down what is said, what tells voices apart, or what writes summaries. */
  readonly kind: "speech" | "voices" | "language";
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  /** The commit that it was downloaded at; "" where it came from a folder. */
  readonly revision: string;
  /** None where nothing was noted when it came. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

export interface AnnexFacts {
  /** ISO 8601 local. */
  readonly printedAt: string;
  readonly version: string;
  readonly platform: string;
  readonly dataDir: string;
  /** Name and version of what Lyssna is built on. */
  readonly parts: readonly (readonly [name: string, version: string])[];
  readonly policy: PolicyState;
  readonly settings: Settings;
  readonly retention: Retention;
  /** Titles of the templates that have a rule of their own, by id. */
  readonly templates: Readonly<Record<string, string>>;
  readonly models: readonly AnnexModel[];
  /** Hosts that a model download may reach. */
  readonly hosts: readonly string[];
  readonly synchronisedBy: string | null;
  readonly log: { readonly count: number; readonly head: string; readonly whole: boolean };
}
