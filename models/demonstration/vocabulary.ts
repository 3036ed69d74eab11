// The closed vocabulary of the demonstration voice. Runs anywhere.
// Words that sound too much alike are left out ("till" for "vill", "får" for "år"): a test measures every pair.

const groups = {
  people:
    "jag du vi hon mamma pappa sonen dottern barnen familjen läkaren rektorn läraren handläggaren klienten " +
    "chefen tolken socialtjänsten kommunen polisen skolan någon alla",
  verbs:
    "är har ska vill kan måste behöver ringer skickar skriver betalar söker bor arbetar hjälper kommer " +
    "bestämmer pratar börjar väntar sover tycker lovar ansöker följer fungerar godkänner ansvarar hämtar lämnar beslutar " +
    "ringa skicka skriva betala söka hjälpa boka träffa komma prata göra",
  things:
    "mötet hyran pengar kronor bidrag ansökan beslutet åtgärd planen lägenhet hemtjänst boendestöd läkarintyg " +
    "medicin telefon brev blankett adress stöd skuld elräkning ekonomi kontakt utredning rapport frågor svar " +
    "problem sömn timmar insats uppföljning samtalet förslag tid arbete",
  days: "måndag tisdag onsdag torsdag fredag lördag söndag",
  months: "januari februari mars april maj juni augusti september oktober november december",
  numbers: "en två tre fyra fem sex sju åtta tio elva tolv femton tjugo trettio fyrtio hundra tusen första klockan",
  time: "idag imorgon igår nästa vecka månad år nu senast före efter sedan förra",
  small: "inte aldrig alltid och men eller att om på i från med utan hos som hur varför när det eftersom",
  answers:
    "ja nej tack välkommen bra dåligt mycket lite också bara igen hemma ensam trött orolig glad trygg viktigt svårt " +
    "överens tillsammans färdig",
} as const;

/** The words by subject, for people who read the list. */
export const vocabularyGroups: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(groups).map(([name, words]) => [name, words.split(" ")]),
);

/** Every word, lower case, in the order of the recordings. */
export const vocabulary: readonly string[] = Object.values(vocabularyGroups).flat();
