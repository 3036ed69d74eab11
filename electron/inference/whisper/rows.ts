// Windows under decoding, each with a row of the batch. Two ways to run them: on graphs of our own (batch-rows.ts), and
// on the graphs as they were published (published-rows.ts). Inference process.

/** What may follow a token, for one row. Logits are natural, before any rule but that of the tokens never said. */
export interface Scores {
  /** Over the whole vocabulary; only in a step that asked for them. */
  readonly logits: Float32Array | null;
  /** The likeliest of the words that may be said, the end of text among them. */
  readonly best: number;
  readonly bestLogit: number;
  /** Logarithm of the sum of the exponentials of their logits. */
  readonly wordMass: number;
  readonly endLogit: number;
  readonly times: Float32Array;
  /** Where in the sound the row looked, [alignment heads][positions]; null where the model does not tell. */
  readonly attention: Float32Array | null;
}

/** A window's place in the batch. */
export interface Row {
  /** Tokens in its cache. */
  readonly length: number;
}

export interface Rows<R extends Row = Row> {
  /** Rows at once. */
  readonly capacity: number;
  /** Hears a window of at most 30 s of 16 kHz sound and gives it a row. */
  join(samples: Float32Array): Promise<R>;
  /**
   * Feeds every row a token. `tokens` are in the order of `rows`, and so are the answers, which hold until the next step.
   * @param wantLogits whether the answers carry all logits
   */
  step(rows: readonly R[], tokens: readonly number[], wantLogits: boolean): Promise<readonly Scores[]>;
  /** Forgets the row's tokens, not its sound. */
  restart(row: R): void;
  /** Another row that hears the same, with no tokens. Only for a measurement: listening takes seconds. */
  copy(row: R): R;
  leave(row: R): void;
}
