// Embeddings in the published shape (256 numbers of length 1) with known truth: two clips of one person are about as alike, and
// two people as unlike, as WeSpeaker's are told to be: around 0.65 and around 0.1, short clips less. Tests and bench.
import type { VoiceItem } from "../../electron/voices/group-voices.ts";
import { gaussian, seeded } from "../seeded.ts";

const size = 256;
/** What all voices have in common gives two people a similarity of about 0.1. */
const common = 0.33;
/** Of 3 s; noise falls with the square root of the length. */
const noise = 0.73;

export function publishedEmbeddings(options: {
  readonly people: number;
  readonly items: number;
  readonly seed: number;
}): { readonly items: readonly VoiceItem[]; readonly truth: readonly number[] } {
  const random = seeded(options.seed);
  const direction = () =>
    ofLength(
      Float32Array.from({ length: size }, () => gaussian(random)),
      1,
    );
  const shared = direction();
  const voices = Array.from({ length: options.people }, () => {
    const own = direction();
    return ofLength(
      own.map((value, at) => Math.sqrt(1 - common ** 2) * value + common * (shared[at] ?? 0)),
      1,
    );
  });
  const items: VoiceItem[] = [];
  const truth: number[] = [];
  let before: number | null = null;
  let who = 0;
  for (let at = 0; at < options.items; at++) {
    if (random() < 0.35) {
      who = Math.floor(random() * options.people);
      before = null;
    }
    const cleanMs = 800 + Math.round(4200 * random());
    const spread = noise * Math.sqrt(3000 / cleanMs);
    const blur = direction();
    const voice = voices[who] ?? shared;
    const embedding = ofLength(
      voice.map((value, n) => value + spread * (blur[n] ?? 0)),
      1,
    );
    // Sometimes the window before it had another voice beside it.
    const last = items.length - 1;
    const isBeside = last >= 0 && truth[last] !== who && random() < 0.5;
    items.push({ embedding, cleanMs, apart: isBeside ? [last] : [], before });
    if (isBeside)
      items[last] = { ...(items[last] as VoiceItem), apart: [...(items[last]?.apart ?? []), items.length - 1] };
    truth.push(who);
    before = items.length - 1;
  }
  return { items, truth };
}

function ofLength(vector: Float32Array, length: number): Float32Array {
  const now = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => (value * length) / now);
}
