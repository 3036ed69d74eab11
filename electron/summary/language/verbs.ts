// Verb forms of the lexicon: which words are finite verbs, and how to get from an infinitive to the present. Runs anywhere.

export interface Verb {
  readonly infinitive: string;
  readonly present: string;
  readonly past: string;
  readonly supine: string;
  readonly imperative: string;
}

export interface VerbForms {
  /** Present and past forms: a word here can carry a main clause. */
  readonly finite: ReadonlyMap<string, Verb>;
  readonly past: ReadonlySet<string>;
  /** "gjort", "skickat": what follows "har". */
  readonly supines: ReadonlySet<string>;
  readonly infinitives: ReadonlyMap<string, Verb>;
  readonly imperatives: ReadonlyMap<string, Verb>;
}

/** Reads verbs.json: regular classes as lists of infinitives, the rest with their forms written out. */
export function readVerbs(file: Readonly<Record<string, string | readonly string[]>>): VerbForms {
  const verbs: Verb[] = [];
  for (const [name, value] of Object.entries(file)) {
    if (name === "about") continue;
    if (typeof value !== "string") for (const line of value) verbs.push(writtenOut(line));
    else for (const infinitive of value.split(" ")) verbs.push(regular(name, infinitive));
  }
  const finite = new Map<string, Verb>();
  const past = new Set<string>();
  const supines = new Set<string>();
  const infinitives = new Map<string, Verb>();
  const imperatives = new Map<string, Verb>();
  for (const verb of verbs.toReversed()) {
    for (const form of [verb.present, verb.past]) if (form !== "-") finite.set(form, verb);
    past.add(verb.past);
    supines.add(verb.supine);
    infinitives.set(verb.infinitive, verb);
    if (verb.imperative !== "-") imperatives.set(verb.imperative, verb);
  }
  return { finite, past, supines, infinitives, imperatives };
}

function writtenOut(line: string): Verb {
  const [infinitive = "-", present = "-", past = "-", supine = "-", imperative = "-"] = line.split(" ");
  return { infinitive, present, past, supine, imperative };
}

function regular(group: string, infinitive: string): Verb {
  const stem = infinitive.replace(/[ae]$/u, "");
  switch (group) {
    case "ar":
      return {
        infinitive,
        present: `${infinitive}r`,
        past: `${infinitive}de`,
        supine: `${infinitive}t`,
        imperative: infinitive,
      };
    case "r":
      return {
        infinitive,
        present: `${infinitive}r`,
        past: `${infinitive}dde`,
        supine: `${infinitive}tt`,
        imperative: infinitive,
      };
    case "er-de":
      return {
        infinitive,
        present: `${stem}er`,
        past: `${pastStem(stem)}de`,
        supine: `${pastStem(stem)}t`,
        imperative: stem.endsWith("mm") ? pastStem(stem) : stem,
      };
    case "er-te":
      return { infinitive, present: `${stem}er`, past: `${stem}te`, supine: `${stem}t`, imperative: stem };
    default: {
      // English: "s" adds -s and -ed.
      const e = infinitive.endsWith("e");
      const y = /[^aeiou]y$/u.test(infinitive);
      const present = y
        ? `${infinitive.slice(0, -1)}ies`
        : /(?:s|sh|ch|x|o)$/u.test(infinitive)
          ? `${infinitive}es`
          : `${infinitive}s`;
      const past = y ? `${infinitive.slice(0, -1)}ied` : e ? `${infinitive}d` : `${infinitive}ed`;
      return { infinitive, present, past, supine: past, imperative: infinitive };
    }
  }
}

/** One n or m before -de and -t: "känna", "kände", "känt". */
const pastStem = (stem: string): string => stem.replace(/([mn])\1$/u, "$1");
