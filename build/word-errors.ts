// Word error rate: how many words were put in, left out or exchanged, per word that was said. Used by the demo.

/** Case and punctuation do not count. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize("NFC")
    .toLocaleLowerCase("sv")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Levenshtein distance over words, divided by the number of words said. 0 is perfect. */
export function wordErrorRate(said: string, heard: string): number {
  const reference = wordsOf(said);
  const words = wordsOf(heard);
  if (reference.length === 0) return words.length === 0 ? 0 : 1;
  let previous = Array.from({ length: words.length + 1 }, (_, at) => at);
  for (const [row, word] of reference.entries()) {
    const current = [row + 1];
    for (const [column, other] of words.entries()) {
      const exchanged = (previous[column] ?? 0) + (word === other ? 0 : 1);
      current.push(Math.min(exchanged, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return (previous.at(-1) ?? 0) / reference.length;
}
