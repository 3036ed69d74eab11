// Text as it is kept and looked for: composed characters, and none of the signs that we use ourselves. Pure.

/** Marks around a match in a passage: private-use characters, which no kept text holds. */
export const matchStart = "\uE000";
export const matchEnd = "\uE001";

/** NFC, so that "å" is one letter however a system or a file writes it. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\uE000\uE001\0]/gu, " ");
