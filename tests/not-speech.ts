// Sounds of rooms in which nobody speaks, synthesised: the same in every run for the same seed. Tests only.
import { gaussian, seeded } from "./seeded.ts";

const rate = 16_000;
type Random = () => number;
type Maker = (sound: Float32Array, random: Random) => void;

const wave = (hz: number, at: number): number => Math.sin((2 * Math.PI * hz * at) / rate);
const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** Noise that falls by about 3 dB an octave (three leaky sums). */
function pink(random: Random): () => number {
  let [slow, middle, fast] = [0, 0, 0];
  return () => {
    const white = gaussian(random);
    slow = 0.997 * slow + 0.03 * white;
    middle = 0.96 * middle + 0.1 * white;
    fast = 0.57 * fast + 0.4 * white;
    return 0.4 * (slow + middle + fast);
  };
}

/** Noise through one resonance (a two-pole filter). */
function resonance(random: Random, hz: number, widthHz: number): () => number {
  const radius = Math.exp((-Math.PI * widthHz) / rate);
  const turn = 2 * radius * Math.cos((2 * Math.PI * hz) / rate);
  const gain = (1 - radius) * 2;
  let [one, two] = [0, 0];
  return () => {
    const next = gain * gaussian(random) + turn * one - radius * radius * two;
    [one, two] = [next, one];
    return next;
  };
}

/** Resonances one after the other. */
function formants(hzs: readonly number[]): (pulse: number) => number {
  const radius = Math.exp((-Math.PI * 90) / rate);
  const poles = hzs.map((hz) => ({ turn: 2 * radius * Math.cos((2 * Math.PI * hz) / rate), one: 0, two: 0 }));
  return (pulse) =>
    poles.reduce((value, pole) => {
      const next = (1 - pole.turn + radius * radius) * value + pole.turn * pole.one - radius * radius * pole.two;
      [pole.one, pole.two] = [next, pole.one];
      return next;
    }, pulse * 4);
}

/** Adds an event at random moments; `meanS` between them. */
function scatter(sound: Float32Array, random: Random, meanS: number, add: (at: number) => void): void {
  for (let at = 0; at < sound.length; at += Math.max(1, Math.round(-Math.log(1 - random()) * meanS * rate))) add(at);
}

/** Adds `value(n)` for so many seconds from `at` on. */
function place(sound: Float32Array, at: number, seconds: number, value: (n: number) => number): void {
  const end = Math.min(sound.length, at + Math.round(seconds * rate));
  for (let n = at; n < end; n++) sound[n] = (sound[n] ?? 0) + value(n - at);
}

const decay = (n: number, seconds: number): number => Math.exp(-n / (seconds * rate));

function knock(sound: Float32Array, random: Random, at: number, loudness: number, hz: number, seconds: number): void {
  const ring = resonance(random, hz, hz / 3);
  place(sound, at, seconds * 6, (n) => loudness * decay(n, seconds) * (ring() * 4 + 0.15 * gaussian(random)));
}

/** A note with overtones, soft at its start and its end. */
function note(sound: Float32Array, at: number, seconds: number, hz: number, loudness: number, vibrato: number): void {
  let phase = 0;
  place(sound, at, seconds, (n) => {
    phase += (2 * Math.PI * hz * (1 + vibrato * wave(5.5, n))) / rate;
    const swell = Math.min(1, n / 600, (seconds * rate - n) / 1500);
    let value = 0;
    for (let k = 1; k <= 8; k++) value += Math.sin(k * phase) / k ** 1.3;
    return loudness * swell * value;
  });
}

const scale = [0, 2, 4, 5, 7, 9, 11, 12];
const pitch = (base: number, step: number): number => base * 2 ** ((scale[((step % 8) + 8) % 8] ?? 0) / 12);

function beeps(hzs: readonly number[], onS: number, offS: number): Maker {
  return (sound) => {
    for (let at = 0; at < sound.length; at += (onS + offS) * rate) {
      place(sound, Math.round(at), onS, (n) => 0.15 * hzs.reduce((sum, hz) => sum + wave(hz, n), 0));
    }
  };
}

const makers: Readonly<Record<string, Maker>> = {
  silence: () => {},
  "the faintest noise": (sound, random) => sound.forEach((_, at) => (sound[at] = gaussian(random) / 32_768)),
  "white noise": (sound, random) => sound.forEach((_, at) => (sound[at] = 0.1 * gaussian(random))),
  "mains hum": (sound, random) =>
    sound.forEach((_, at) => {
      const load = 1 + 0.3 * wave(0.2, at);
      sound[at] = load * (0.2 * wave(50, at) + 0.1 * wave(100, at) + 0.08 * wave(150, at)) + 0.003 * gaussian(random);
    }),
  "a buzzing transformer": (sound) =>
    sound.forEach((_, at) => {
      for (let k = 1; k <= 20; k++) sound[at] = (sound[at] ?? 0) + (0.1 / k) * wave(100 * k, at);
    }),
  "keyboard clatter": (sound, random) =>
    scatter(sound, random, 2, (from) => {
      for (let at = from, key = 0; key < 25; key++, at += Math.round(between(random, 0.06, 0.25) * rate)) {
        knock(sound, random, at, between(random, 0.05, 0.25), between(random, 1800, 4000), 0.006);
        knock(sound, random, at + 1200, 0.06, between(random, 1000, 2000), 0.004);
      }
    }),
  applause: (sound, random) => {
    scatter(sound, random, 0.008, (at) =>
      knock(sound, random, at, between(random, 0.02, 0.12), between(random, 900, 2500), 0.008),
    );
    sound.forEach((value, at) => (sound[at] = value * (0.55 + 0.45 * wave(0.08, at))));
  },
  "a few who clap": (sound, random) => {
    for (const everyS of [0.31, 0.37, 0.29, 0.42]) {
      const hz = between(random, 900, 2000);
      for (let at = 0; at < sound.length; at += Math.round(everyS * between(random, 0.93, 1.07) * rate)) {
        knock(sound, random, at, 0.2, hz, 0.009);
      }
    }
  },
  "a melody on strings": (sound, random) => {
    for (let at = 0, step = 3; at < sound.length; step += Math.round(between(random, -3, 3))) {
      const seconds = [0.25, 0.5, 0.5, 1][Math.floor(random() * 4)] ?? 0.5;
      note(sound, at, seconds * 1.05, pitch(196, step), 0.12, 0.008);
      at += seconds * rate;
    }
  },
  "chords and drums": (sound, random) => {
    const beat = 0.5 * rate;
    for (let at = 0, count = 0; at < sound.length; at += beat, count++) {
      const root = [0, 3, 4, 0][Math.floor(count / 4) % 4] ?? 0;
      if (count % 2 === 0) for (const step of [0, 2, 4]) note(sound, at, 0.95, pitch(131, root + step), 0.05, 0);
      place(sound, at, 0.25, (n) => 0.4 * decay(n, 0.08) * wave(90 * decay(n, 0.3), n));
      if (count % 2 === 1) place(sound, at, 0.2, (n) => 0.15 * decay(n, 0.05) * gaussian(random));
    }
  },
  "a slow organ": (sound, random) => {
    for (let at = 0; at < sound.length; at += 2 * rate) {
      const root = Math.floor(random() * 8);
      for (const step of [0, 2, 4, 7]) note(sound, at, 2.05, pitch(110, root + step), 0.06, 0.002);
    }
  },
  "somebody who hums": (sound, random) => {
    // Pulses through the resonances of a closed mouth: the voice activity hears a voice in it.
    for (let at = 0, step = 2; at < sound.length; step += Math.round(between(random, -2, 2))) {
      const seconds = between(random, 0.3, 1);
      const hum = formants([280, 1000, 2200]);
      let phase = 0;
      place(sound, at, seconds, (n) => {
        phase += (pitch(130, step) * (1 + 0.01 * wave(5, n))) / rate;
        const pulse = phase >= 1 ? 1 : 0;
        phase %= 1;
        return Math.min(1, n / 800, (seconds * rate - n) / 800) * hum(pulse);
      });
      at += Math.round((seconds + between(random, 0, 0.3)) * rate);
    }
  },
  "wind and rumble": (sound, random) => {
    let brown = 0;
    const gust = resonance(random, 300, 250);
    sound.forEach((_, at) => {
      brown = 0.995 * brown + 0.02 * gaussian(random);
      const force = 0.5 + 0.5 * wave(0.13, at) * wave(0.05, at + 9000);
      sound[at] = force * (brown + 0.8 * gust());
    });
  },
  "chair scrapes": (sound, random) =>
    scatter(sound, random, 3, (at) => {
      const seconds = between(random, 0.2, 0.9);
      const [from, to] = [between(random, 90, 350), between(random, 90, 350)];
      const ring = resonance(random, between(random, 600, 1500), 200);
      let phase = 0;
      place(sound, at, seconds, (n) => {
        const share = n / (seconds * rate);
        phase += ((from + (to - from) * share) * (1 + 0.2 * gaussian(random))) / rate;
        return Math.sin(Math.PI * share) * (0.25 * ((phase % 1) - 0.5) + 0.8 * ring());
      });
    }),
  "a fan that speeds up and slows down": (sound, random) => {
    const air = pink(random);
    let phase = 0;
    sound.forEach((_, at) => {
      phase += (2 * Math.PI * (140 + 25 * wave(0.04, at))) / rate;
      sound[at] = 0.2 * (1 + 0.4 * wave(0.04, at)) * air() + 0.03 * Math.sin(phase) + 0.02 * Math.sin(2 * phase);
    });
  },
  "door slams": (sound, random) =>
    scatter(sound, random, 4, (at) => {
      knock(sound, random, at, 0.8, between(random, 60, 120), 0.08);
      for (let n = 0; n < 4; n++) knock(sound, random, at + 700 * n, 0.3, between(random, 300, 900), 0.03);
    }),
  footsteps: (sound, random) => {
    for (let at = 0; at < sound.length; at += Math.round(between(random, 0.5, 0.6) * rate)) {
      knock(sound, random, at, 0.3, between(random, 150, 250), 0.03);
      knock(sound, random, at + 1500, 0.1, between(random, 1500, 3000), 0.01);
    }
  },
  "rustling paper": (sound, random) =>
    scatter(sound, random, 1.5, (from) => {
      for (let at = from; at < from + 0.8 * rate; at += Math.round(between(random, 20, 900))) {
        knock(sound, random, at, between(random, 0.02, 0.1), between(random, 2500, 6000), 0.003);
      }
    }),
  rain: (sound, random) => {
    const hiss = pink(random);
    sound.forEach((_, at) => (sound[at] = 0.03 * hiss()));
    scatter(sound, random, 0.004, (at) =>
      knock(sound, random, at, between(random, 0.01, 0.08), between(random, 1500, 5000), 0.003),
    );
  },
  "a dial tone": beeps([425], 1e6, 0),
  "an engaged tone": beeps([425], 0.25, 0.25),
  "a ringing tone": beeps([425], 1, 5),
  "telephone keys": (sound, random) => {
    const [rows, columns] = [
      [697, 770, 852, 941],
      [1209, 1336, 1477],
    ];
    for (let at = 0; at < sound.length; at += 0.2 * rate) {
      const [low, high] = [rows?.[Math.floor(random() * 4)] ?? 697, columns?.[Math.floor(random() * 3)] ?? 1209];
      place(sound, at, 0.1, (n) => 0.2 * (wave(low, n) + wave(high, n)));
    }
  },
  "a bell that rings": (sound) => {
    for (let at = 0; at < sound.length; at += 3 * rate) {
      place(sound, at, 1.5, (n) => 0.15 * (wave(1400, n) + wave(1770, n)) * (wave(22, n) > 0 ? 1 : 0.2));
    }
  },
  "a siren": (sound) => {
    let phase = 0;
    sound.forEach((_, at) => {
      phase += (2 * Math.PI * (900 + 500 * wave(0.25, at))) / rate;
      sound[at] = 0.15 * (Math.sin(phase) + 0.4 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase));
    });
  },
  "birds outside": (sound, random) =>
    scatter(sound, random, 0.8, (at) => {
      const [from, to] = [between(random, 2500, 5000), between(random, 2500, 5000)];
      let phase = 0;
      place(sound, at, 0.15, (n) => {
        phase += (2 * Math.PI * (from + ((to - from) * n) / 2400)) / rate;
        return 0.1 * Math.sin((Math.PI * n) / 2400) * Math.sin(phase);
      });
    }),
  "a dog": (sound, random) =>
    scatter(sound, random, 1.2, (at) => {
      const hz = between(random, 350, 500);
      const rough = resonance(random, 900, 400);
      let phase = 0;
      place(sound, at, 0.25, (n) => {
        phase += (hz * (1 + 0.3 * Math.sin((Math.PI * n) / 4000))) / rate;
        return Math.sin((Math.PI * n) / 4000) * (0.3 * ((phase % 1) - 0.5) + rough());
      });
    }),
  "a microphone that is knocked": (sound, random) =>
    scatter(sound, random, 1, (at) => place(sound, at, 0.3, (n) => 3 * decay(n, 0.03) * wave(55, n))),
  "crackle on the line": (sound, random) =>
    scatter(sound, random, 0.05, (at) => place(sound, at, 0.0003, () => (random() < 0.5 ? 0.8 : -0.8))),
};

export const notSpeechNames: readonly string[] = Object.keys(makers);

/** One of the sounds, 16 kHz, within full scale. */
export function makeNotSpeech(name: string, seconds: number, seed: number): Float32Array {
  const make = makers[name];
  if (make === undefined) throw new RangeError(`no sound of the name ${name}`);
  const sound = new Float32Array(Math.round(seconds * rate));
  make(sound, seeded(seed));
  return sound.map((value) => Math.max(-1, Math.min(1, value)));
}
