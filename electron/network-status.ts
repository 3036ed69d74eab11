// How much of the network was used. Values.

export interface NetworkStatus {
  /** Since Lyssna was installed, every redirection a request of its own. */
  readonly requests: number;
  /** ISO 8601: when the counting began. */
  readonly since: string;
  /** Whether a download runs now. */
  readonly open: boolean;
}
