// Where a model may be downloaded from: the only addresses outside the machine that Lyssna ever asks. Runs in main.

/** The hub of models/catalog.json and the hosts that it sends large files from: a test holds the two together. */
export const hosts = ["huggingface.co", "hf.co"] as const;

/** Encrypted, and one of the hosts or under it. */
export function isDownloadAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username } = new URL(address);
  if (protocol !== "https:" || port !== "" || username !== "") return false;
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
