// Chromium fetches the script of an audio worklet outside the page, where the page's requests are not answered for it.
// So the shown origin exists: a server on this machine, for this browser, that asks main as a page would. Runs in the host.
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";

/** Answers one request of the shown origin, or null. */
export type Answer = (url: string) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
} | null>;

export interface WorkletServer {
  readonly port: number;
  /** The latest one is asked first. Returns how to stop. */
  answerWith(answer: Answer): () => void;
  close(): void;
}

export async function startWorkletServer(host: string): Promise<WorkletServer> {
  const { private: key, cert } = await generate([{ name: "commonName", value: host }], { keyType: "ec" });
  const answers: Answer[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    void (async () => {
      for (const answer of answers.toReversed()) {
        const found = await answer(`https://${host}${request.url ?? "/"}`).catch(() => null);
        if (found === null) continue;
        response.writeHead(found.status, found.headers).end(found.body);
        return;
      }
      response.writeHead(404).end();
    })();
  });
  await listen(server);
  return {
    port: (server.address() as AddressInfo).port,
    answerWith(answer) {
      answers.push(answer);
      return () => void answers.splice(answers.indexOf(answer), 1);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const listen = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done());
    server.unref();
  });
