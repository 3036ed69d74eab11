// The app's own folder from the command line, by what a person knows, and how that is asked for.
import assert from "node:assert/strict";
import { openSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, test } from "node:test";
import { askSecret } from "../../electron/cli/ask-secret.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { createTerminal } from "../../electron/cli/terminal.ts";
import { noPolicy } from "../../electron/policy/state.ts";
import { openKeyring } from "../../electron/store/keys/keyring.ts";
import { openStore } from "../../electron/store/store.ts";
import { exampleMeetingPath } from "../../electron/import/example-meeting.ts";
import { dir, env, file, lyssna, says } from "./cli-runner.ts";
import { cheap } from "./keychain.ts";

const passphrase = "åtta gröna båtar";

test("--data opens the app's folder by passphrase or recovery code, and by neither where it is wrong", async () => {
  const data = join(dir, "appens");
  const keyring = openKeyring({ dir: data, keychain: null, cost: cheap });
  const key = await keyring.setUp(passphrase);
  const code = await keyring.newRecoveryCode({ kind: "passphrase", passphrase });
  const out = join(dir, "ut-hemlig");
  const run = async (secret: string | null, ...more: readonly string[]) => {
    if (secret === null) delete env["LYSSNA_PASSPHRASE_FILE"];
    else env["LYSSNA_PASSPHRASE_FILE"] = await file("hemlighet", `${secret}\r\n`);
    const args = [exampleMeetingPath, "--template", "sip", "--out", out, "--formats", "md", "--data", data];
    return lyssna("process", ...args, ...more);
  };
  says(await run(null), 2, /lösenfras/u);
  says(await run(`${passphrase}x`), 1, /Lösenfrasen stämmer inte/u);
  for (const outcome of [await run(passphrase), await run(code, "--recovery-code")]) {
    assert.equal(outcome.code, 0, outcome.err);
    assert.ok(!`${outcome.out}${outcome.err}`.includes(passphrase));
  }
  delete env["LYSSNA_PASSPHRASE_FILE"];
  // By the key itself: both went into the same folder, under the same key.
  const store = await openStore({ dir: data, key });
  assert.equal((await store.listMeetings()).length, 2);
  await store.sound.close();
  await store.close();
});

describe("a typed secret", () => {
  const ask = (typed: readonly string[], isTTY = true, descriptor?: string) => {
    const raw: boolean[] = [];
    const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: (on: boolean) => raw.push(on) });
    const stderr = new PassThrough();
    const terminal = createTerminal(
      {
        stdin,
        stderr,
        stdout: new PassThrough(),
        env: {},
        startInference: startNodeInference(),
        fetch: () => assert.fail(),
        signal: new AbortController().signal,
        version: "0",
      },
      noPolicy,
      "sv",
    );
    for (const chunk of typed) stdin.write(chunk);
    return { answer: askSecret("passphrase", descriptor, terminal), raw, shown: () => String(stderr.read()) };
  };

  test("is not shown, can be corrected, and leaves the terminal as it was", async () => {
    const { answer, raw, shown } = ask(["hemö", "\u007flig", "t\r", "annat"]);
    assert.equal(await answer, "hemligt");
    assert.deepEqual(raw, [true, false]);
    assert.equal(shown(), "Lösenfras: \n");
  });

  test("is given up by Ctrl-C, and not asked for where nobody sits", async () => {
    const given = ask(["hem\u0003"]);
    await assert.rejects(given.answer, { code: "cancelled" });
    assert.deepEqual(given.raw, [true, false]);
    await assert.rejects(ask([], false).answer, { code: "usage" });
  });

  test("comes from the descriptor that is named, its first line alone", async () => {
    const descriptor = openSync(await file("beskrivning", "hemligt på rad ett\nannat\n"), "r");
    assert.equal(await ask([], false, String(descriptor)).answer, "hemligt på rad ett");
    await assert.rejects(ask([], false, "hemligt").answer, { code: "usage" });
  });
});
