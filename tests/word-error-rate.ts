// Word error rate, as tests and benchmarks measure it: case and punctuation do not count.

export const wordsOf = (text: string): string[] => text.toLocaleLowerCase("sv").match(/[\p{L}\p{N}]+/gu) ?? [];

/** Substituted, missing and added words over the words that were said. */
export function wordErrorRate(said: string, heard: string): number {
  const reference = wordsOf(said);
  const hypothesis = wordsOf(heard);
  let row = Array.from({ length: hypothesis.length + 1 }, (_, at) => at);
  reference.forEach((word, at) => {
    const next = [at + 1];
    hypothesis.forEach((other, column) => {
      const replaced = (row[column] as number) + (word === other ? 0 : 1);
      next.push(Math.min((row[column + 1] as number) + 1, (next[column] as number) + 1, replaced));
    });
    row = next;
  });
  return (row[hypothesis.length] as number) / Math.max(1, reference.length);
}
