// Which addresses are a server on this machine. Runs anywhere; nothing is looked up.

/**
 * How it may be written: the loopback network in plain figures, `[::1]`, or the word localhost. No user, no other name, no
 * figure that another reader would take for something else, nothing after the path.
 */
const written =
  /^(?:(https?):\/\/)?(localhost|127\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})|\[::1\])(?::(\d{1,5}))?((?:\/[a-z0-9_-]+)*)\/?$/iu;

/**
 * The address as it is asked, without a slash at its end and without the "/v1" of OpenAI's interface: null for whatever
 * is not on this machine. "localhost" is pinned to 127.0.0.1, so that nobody can answer for the name.
 */
export function loopbackServer(text: string): string | null {
  const match = written.exec(text.trim());
  if (match === null) return null;
  const [, scheme = "http", host = "", port, path = ""] = match;
  const pinned = host.toLowerCase() === "localhost" ? "127.0.0.1" : host;
  const address = `${scheme.toLowerCase()}://${pinned}${port === undefined ? "" : `:${port}`}`;
  // A second reader: what a URL takes the host for must be what stands there.
  if (!URL.canParse(address) || new URL(address).hostname !== pinned) return null;
  return `${new URL(address).origin}${path.replace(/\/v1$/iu, "")}`;
}

/** Whether a request goes to that server and to nothing else. */
export function isUnder(server: string, address: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(server)) return false;
  const { origin, username, password } = new URL(address);
  return origin === new URL(server).origin && username === "" && password === "" && address.startsWith(`${server}/`);
}

/** Whether an address that a program asks for is on this machine: what the host lets through. */
export function isHere(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, hostname, username, password } = new URL(address);
  return hostname !== "localhost" && username === "" && password === "" && loopbackServer(origin) !== null;
}

/** A name that says the model runs elsewhere: some servers on this machine hand such requests on to the internet. */
export const isElsewhere = (model: string): boolean => /(?:^|[:-])cloud$/iu.test(model.trim());
