// Where in a JSON file something is wrong, as people write it. Runs anywhere.

/** ["sections", 2, "kind"] → "sections[2].kind". */
export const fieldName = (path: readonly PropertyKey[]): string =>
  path.map((step, at) => (typeof step === "number" ? `[${step}]` : `${at === 0 ? "" : "."}${String(step)}`)).join("");
