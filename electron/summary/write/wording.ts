// The engine's own few words around what was said, per language. Runs anywhere.
import type { Person } from "../understand/people.ts";
import { capitalise } from "../language/tokens.ts";

const swedish = {
  and: "och",
  yes: "ja",
  no: "nej",
  all: "Alla",
  changed: "Ändrat i samtalet",
  concerns: "Det gäller",
  asks: (person: Person | null): string => (person === null ? "Fråga" : `${person.title} frågar`),
  states: (person: Person): string => `${person.title} ${person.side === "child" ? "säger" : "uppger"}`,
  differs: (person: Person): string => `Däremot uppger ${person.label}`,
  according: (person: Person): string => `Enligt ${person.label}:`,
  confirms: (person: Person, clause: string): string => `${person.title} bekräftar att ${clause}`,
  saysYesTo: (person: Person, clause: string): string => `${person.title} svarar ja på frågan om ${clause}`,
  deniesThat: (person: Person, clause: string): string => `${person.title} svarar nej på frågan om ${clause}`,
  answersPlainly: (person: Person, question: string, reply: string): string =>
    `På frågan ”${question}?” svarar ${person.label} ${reply}`,
  answersInWords: (person: Person, question: string, reply: string): string =>
    `På frågan ”${question}?” svarar ${person.label}: ”${reply}”`,
  onMatter: (question: string): string => `På frågan ”${question}?”:`,
  shall: "ska",
  isAsked: "ombeds att",
  next: (noun: string): string => `Nästa ${noun}`,
  meets: "Ny träff",
  agreedTime: "Tid är bestämd",
};

const english: typeof swedish = {
  and: "and",
  yes: "yes",
  no: "no",
  all: "All",
  changed: "Changed in the meeting",
  concerns: "This concerns",
  asks: (person) => (person === null ? "Question" : `${person.title} asks`),
  states: (person) => `${person.title} says`,
  differs: (person) => `${capitalise(person.label)} on the other hand says`,
  according: (person) => `According to ${person.label}:`,
  confirms: (person, clause) => `${person.title} confirms that ${clause}`,
  saysYesTo: (person, clause) => `${person.title} says yes to the question whether ${clause}`,
  deniesThat: (person, clause) => `${person.title} says no to the question whether ${clause}`,
  answersPlainly: (person, question, reply) => `To the question “${question}?” ${person.label} answers ${reply}`,
  answersInWords: (person, question, reply) => `To the question “${question}?” ${person.label} answers: “${reply}”`,
  onMatter: (question) => `To the question “${question}?”:`,
  shall: "is to",
  isAsked: "is asked to",
  next: (noun) => `Next ${noun}`,
  meets: "New meeting",
  agreedTime: "A time is agreed",
};

export const wording = { sv: swedish, en: english } as const;
