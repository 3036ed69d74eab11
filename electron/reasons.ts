// Why an input was refused, in words: the closed list of what may stand at {reason} and {what} in an error's sentence.
// Runs anywhere. A reason in the code is a key here; its own {details} are filled from the same error.
import type { InterfaceLanguage } from "./formats.ts";

type ReasonEntry = Readonly<Record<InterfaceLanguage, string>>;

export const reasonTable = {
  "too-large": { sv: "filen är för stor", en: "the file is too large" },
  "not-json": { sv: "filen är inte giltig JSON", en: "the file is not valid JSON" },
  "not-text": { sv: "filen innehåller inte text", en: "the file does not hold text" },
  "no-text": { sv: "filen innehåller ingen text", en: "the file holds no text" },
  "not-a-transcript": {
    sv: "filen saknar märkningen ”transcript/1”",
    en: "the file lacks the mark “transcript/1”",
  },
  "not-a-template": { sv: "filen saknar märkningen ”template/1”", en: "the file lacks the mark “template/1”" },
  "template-newer": {
    sv: "mallen är gjord för en nyare version av Lyssna, så Lyssna behöver uppdateras först",
    en: "the template was made for a newer version of Lyssna, so Lyssna needs an update first",
  },
  "too-deep": {
    sv: "filen har för många nivåer inuti varandra",
    en: "the file has too many levels inside each other",
  },
  "no-headings": {
    sv: "mallen har inga rubriker, och den behöver minst en",
    en: "the template has no headings, and it needs at least one",
  },
  "too-many-headings": {
    sv: "mallen har fler än {most} rubriker",
    en: "the template has more than {most} headings",
  },
  "heading-empty": {
    sv: "rubrik nummer {number} saknar text eller är för lång",
    en: "heading number {number} has no text or is too long",
  },
  "guidance-long": {
    sv: "vägledningen till rubrik nummer {number} är längre än {most} tecken",
    en: "the guidance for heading number {number} is longer than {most} characters",
  },
  "unknown-kind": {
    sv: "rubrik nummer {number} har ett slag som Lyssna inte känner till",
    en: "heading number {number} is of a kind that Lyssna does not know",
  },
  "nested-headings": {
    sv: "rubrik nummer {number} har egna rubriker under sig, och en mall kan bara ha en nivå",
    en: "heading number {number} has headings of its own below it, and a template can have only one level",
  },
  "title-wrong": {
    sv: "mallen saknar titel, eller så är titeln längre än {most} tecken",
    en: "the template has no title, or the title is longer than {most} characters",
  },
  "program-code": {
    sv: "texten i fältet {field} innehåller programkod, och en mall får bara innehålla vanlig text",
    en: "the text in the field {field} contains program code, and a template may hold only plain text",
  },
  "not-a-glossary": { sv: "filen saknar märkningen ”glossary/1”", en: "the file lacks the mark “glossary/1”" },
  "field-wrong": {
    sv: "fältet {field} saknas eller har fel värde",
    en: "the field {field} is missing or has a wrong value",
  },
  "duplicate-section": {
    sv: "två rubriker har samma id, {section}; de får heta lika, men varje rubrik behöver ett eget id",
    en: "two headings have the same id, {section}; they may be called the same, but each needs an id of its own",
  },
  "duplicate-segment": { sv: "två stycken har samma id", en: "two segments have the same id" },
  "times-wrong": { sv: "ett stycke slutar innan det börjar", en: "a segment ends before it begins" },
  "no-cues": { sv: "filen innehåller inga textade rader med tider", en: "the file holds no lines with times" },
  "unknown-ending": {
    sv: "filen slutar varken på .json, .vtt, .srt, .txt eller .docx",
    en: "the file ends in neither .json, .vtt, .srt, .txt nor .docx",
  },
  "not-docx": { sv: "filen är inte ett Word-dokument", en: "the file is not a Word document" },

  "not-a-policy": { sv: "filen saknar märkningen ”policy/1”", en: "the file lacks the mark “policy/1”" },
  "policy-newer": {
    sv: "den är skriven för en nyare version av Lyssna",
    en: "it was written for a newer version of Lyssna",
  },
  "policy-unknown": {
    sv: "fältet {field} är okänt för den här versionen av Lyssna",
    en: "this version of Lyssna does not know the field {field}",
  },
  "policy-unreadable": { sv: "den går inte att läsa", en: "it cannot be read" },
  "policy-writable": {
    sv: "den kan ändras av andra än datorns administratör",
    en: "it can be changed by others than the computer's administrator",
  },
  "policy-owner": {
    sv: "den ägs inte av datorns administratör",
    en: "it does not belong to the computer's administrator",
  },
  "policy-link": {
    sv: "den är en länk till en annan plats",
    en: "it is a link to another place",
  },

  "package-none": {
    sv: "det innehåller inga modeller packade av Lyssna",
    en: "it holds no models packed by Lyssna",
  },
  "package-manifest": {
    sv: "dess innehållsförteckning går inte att använda",
    en: "its list of contents cannot be used",
  },
  "package-newer": {
    sv: "det är gjort av en nyare version av Lyssna, så Lyssna behöver uppdateras först",
    en: "it was made by a newer version of Lyssna, so Lyssna needs an update first",
  },
  "package-unreadable": {
    sv: "filen är inget helt zip-arkiv",
    en: "the file is no whole zip archive",
  },
  "package-name": {
    sv: "en fil i det vill lägga sig utanför sin mapp",
    en: "a file in it wants to lie outside its folder",
  },
  "package-twice": {
    sv: "två filer i det har samma namn",
    en: "two files in it have the same name",
  },
  "package-link": {
    sv: "det innehåller en länk till en annan plats",
    en: "it holds a link to another place",
  },
  "package-locked": {
    sv: "det är låst med ett lösenord",
    en: "it is locked with a password",
  },
  "signature-missing": {
    sv: "det är inte signerat, och det kräver organisationen",
    en: "it is not signed, and the organisation demands that",
  },
  "signature-wrong": {
    sv: "signaturen stämmer inte med innehållet",
    en: "the signature does not fit what it holds",
  },
  "signature-other": {
    sv: "det är signerat av någon annan än organisationen",
    en: "it is signed by somebody else than the organisation",
  },

  "no-command": { sv: "Ange ett kommando.", en: "Name a command." },
  "unknown-command": { sv: "Kommandot {command} finns inte.", en: "There is no command {command}." },
  "unknown-option": { sv: "Flaggan {option} finns inte.", en: "There is no option {option}." },
  "option-needs-value": { sv: "Flaggan {option} behöver ett värde.", en: "The option {option} needs a value." },
  "option-takes-no-value": { sv: "Flaggan {option} tar inget värde.", en: "The option {option} takes no value." },
  "option-value": {
    sv: "Flaggan {option} kan inte ha värdet {value}.",
    en: "The option {option} cannot have the value {value}.",
  },
  "secret-expected": {
    sv: "Mappen öppnas med en lösenfras eller återställningskod. Skriv den i en terminal, eller ange --passphrase-fd eller LYSSNA_PASSPHRASE_FILE.",
    en: "The folder opens with a passphrase or recovery code. Type it in a terminal, or name --passphrase-fd or LYSSNA_PASSPHRASE_FILE.",
  },
  "file-expected": { sv: "Ange en fil.", en: "Name a file." },
  "one-file": { sv: "Ange bara en fil.", en: "Name only one file." },
  "option-missing": { sv: "Flaggan {option} saknas.", en: "The option {option} is missing." },
  "passphrase-missing": {
    sv: "Lösenfrasen går inte att fråga efter här. Ange en fil med den i LYSSNA_PACKAGE_PASSPHRASE_FILE.",
    en: "The passphrase cannot be asked for here. Name a file with it in LYSSNA_PACKAGE_PASSPHRASE_FILE.",
  },
  "passphrases-differ": { sv: "Lösenfraserna är inte lika.", en: "The passphrases are not the same." },
  "argument-missing": { sv: "Ange vilken mall eller modell det gäller.", en: "Name the template or model." },
  "out-needed": {
    sv: "Formatet {value} är binärt och behöver --out FIL.",
    en: "The format {value} is binary and needs --out FILE.",
  },

  "out-is-input": {
    sv: "Resultatet kan inte skrivas över filen {value}, som det görs av.",
    en: "The result cannot be written over the file {value} that it is made from.",
  },

  masking: { sv: "Maskering", en: "Masking" },
} as const satisfies Record<string, ReasonEntry>;

export type Reason = keyof typeof reasonTable;

/** The words for a reason in a language; any other text stands as it is. */
export function reasonWords(reason: string, language: InterfaceLanguage): string {
  return Object.hasOwn(reasonTable, reason) ? reasonTable[reason as Reason][language] : reason;
}
