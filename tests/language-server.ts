// A language model's server of our own, on the loopback address, that speaks as OpenAI's does and answers by a script.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Chat {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens: number;
  readonly response_format?: { readonly json_schema?: { readonly schema?: unknown } };
}

export interface ServerScript {
  /** What the model says to a chat: a text, or JSON of what it is. */
  readonly answer?: (chat: Chat) => string | object;
  readonly models?: readonly string[];
  /** Refuses a schema with 400, as servers do that know none. */
  readonly knowsNoSchema?: boolean;
  /** Answers by itself, before anything else; true where it did. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Tokens that it reads at once, where it says so. */
  readonly contextTokens?: number;
}

export interface LanguageServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly chats: readonly Chat[];
  readonly paths: readonly string[];
}

export async function startLanguageServer(script: ServerScript = {}): Promise<LanguageServer> {
  const chats: Chat[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    if (script.instead?.(request, response) === true) return;
    void answer(request, response).catch(() => response.destroy());
  });
  const json = (response: ServerResponse, value: object, status = 200) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === "/v1/models") {
      json(response, { object: "list", data: (script.models ?? ["prov:1b"]).map((id) => ({ id, object: "model" })) });
    } else if (request.url === "/props" && script.contextTokens !== undefined) {
      json(response, { default_generation_settings: { n_ctx: script.contextTokens } });
    } else if (request.url === "/v1/chat/completions") {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const chat = JSON.parse(Buffer.concat(parts).toString()) as Chat;
      if (script.knowsNoSchema === true && chat.response_format !== undefined) {
        json(response, { error: { message: "response_format is not known" } }, 400);
        return;
      }
      chats.push(chat);
      const said = script.answer?.(chat) ?? { items: [] };
      const content = typeof said === "string" ? said : JSON.stringify(said);
      json(response, { choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }] });
    } else json(response, { error: "not found" }, 404);
  }
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}`,
    port,
    chats,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}
