// Notes in groups that a model can read at once. Pure.

/** At least two in a group, where there are two: a group of one would be put together with nothing. */
export function groupNotes<Note>(notes: readonly Note[], tokens: readonly number[], room: number): readonly Note[][] {
  const groups: Note[][] = [];
  let current: Note[] = [];
  let used = 0;
  for (const [at, note] of notes.entries()) {
    const cost = (tokens[at] ?? 0) + 1;
    if (used + cost > room && current.length > 1) {
      groups.push(current);
      current = [];
      used = 0;
    }
    current.push(note);
    used += cost;
  }
  if (current.length > 0) groups.push(current);
  return groups;
}
