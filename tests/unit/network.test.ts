import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openNetwork } from "../../electron/network.ts";
import { isDownloadAddress } from "../../electron/shell/download-hosts.ts";

const hub = "https://huggingface.co/model";
const start = new Date("2026-03-10T09:00:00Z");

function opened(kept: string | null = null) {
  let text = kept;
  const network = openNetwork({
    isCatalogueAddress: isDownloadAddress,
    kept,
    keep: (next) => (text = next),
    now: () => start,
  });
  return { network, kept: () => text };
}

describe("the network", () => {
  test("is closed: nothing is let through, and nothing is counted", () => {
    const { network } = opened();
    assert.equal(network.allows(hub), false);
    assert.deepEqual(network.status(), { requests: 0, since: start.toISOString(), open: false });
  });

  test("is open while a download runs, to the catalogue's hosts alone, and closed again however it ends", async () => {
    const { network } = opened();
    await network.during(async () => {
      assert.equal(network.allows(hub), true);
      for (const other of [
        "https://example.org/",
        "http://huggingface.co/model",
        "https://huggingface.co.example.org/",
      ])
        assert.equal(network.allows(other), false, other);
      assert.equal(network.status().open, true);
    });
    assert.equal(network.allows(hub), false);
    await assert.rejects(
      network.during(async () => {
        throw new Error("cut off");
      }),
    );
    assert.equal(network.allows(hub), false);
    assert.equal(network.status().requests, 1);
  });

  test("stays open until the last of two downloads has ended", async () => {
    const { network } = opened();
    const first = Promise.withResolvers<void>();
    const one = network.during(() => first.promise);
    await network.during(async () => {});
    assert.equal(network.allows(hub), true);
    first.resolve();
    await one;
    assert.equal(network.allows(hub), false);
  });

  test("counts over restarts; a count that cannot be read begins anew and says since when", async () => {
    const before = opened();
    await before.network.during(async () => {
      before.network.allows(hub);
      before.network.allows(hub);
    });
    assert.equal(opened(before.kept()).network.status().requests, 2);
    for (const text of ["", "{}", '{"requests":-1,"since":"2026-01-01"}', '{"requests":3,"since":"?"}']) {
      assert.deepEqual(opened(text).network.status(), { requests: 0, since: start.toISOString(), open: false }, text);
    }
  });
});
