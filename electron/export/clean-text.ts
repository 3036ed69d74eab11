// Text made safe to put on one line of any document. Runs anywhere.

/** One line: white space and control signs become single spaces, half characters and XML's forbidden signs go. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .replace(/[\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu, "")
    .trim();
