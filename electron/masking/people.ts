// Who is who inside one meeting: "Anna Lind", "Anna" and "Lind" are one person as long as only one can be meant. Runs
// anywhere.

/** One mention: the names in it, without genitives, in lower case. */
export type Mention = readonly string[];

/** A key for each mention, the same for all mentions of a person. */
export function tellPeople(mentions: readonly Mention[]): string[] {
  const people: Set<string>[] = [];
  const byLength = mentions
    .map((mention, at) => ({ mention, at }))
    .toSorted((a, b) => b.mention.length - a.mention.length);
  const owners = new Map<string, number[]>();
  const found = new Map<string, number>();
  for (const { mention } of byLength) {
    const key = mention.join(" ");
    if (found.has(key)) continue;
    const candidates = candidatesFor(mention, people, owners);
    const [only] = candidates;
    if (candidates.length === 1 && only !== undefined) {
      found.set(key, only);
      continue;
    }
    people.push(new Set(mention));
    const person = people.length - 1;
    found.set(key, person);
    for (const name of new Set(mention)) {
      const own = owners.get(name);
      if (own === undefined) owners.set(name, [person]);
      else own.push(person);
    }
  }
  return mentions.map((mention) => [...(people[found.get(mention.join(" ")) ?? 0] ?? [])].join(" "));
}

/** People that hold every name of the mention. */
function candidatesFor(
  mention: Mention,
  people: readonly ReadonlySet<string>[],
  owners: ReadonlyMap<string, readonly number[]>,
): number[] {
  const [first = ""] = mention;
  return (owners.get(first) ?? []).filter((person) => mention.every((name) => people[person]?.has(name) === true));
}
