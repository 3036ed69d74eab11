// What a person may choose about a document, beside its format. Runs anywhere.

export interface ExportOptions {
  /** Says where each statement was said. */
  readonly citations: boolean;
  /** False: the speakers' names give way to roles. */
  readonly names: boolean;
  /** True: short sentences and explained words, for the person it is about. */
  readonly client: boolean;
  /** True where the input came with placeholders: the document says so, and consent names nobody. */
  readonly masked?: boolean;
  readonly letterhead?: Letterhead;
}

/** What stands on top of every page. */
export interface Letterhead {
  readonly organisation: string;
  readonly logo?: Logo;
}

export interface Logo {
  readonly type: "png" | "jpg";
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

export const wholeDocument: ExportOptions = { citations: true, names: true, client: false };
