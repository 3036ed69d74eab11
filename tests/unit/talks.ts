// Invented small talks for the tests of the summary engine. Nobody in them exists.
import type { Template, TemplateSection, Transcript } from "../../electron/formats.ts";

/** Lines "Klient: …" as a transcript; each line is a segment s1, s2 … of three seconds, each role a speaker. */
export function talk(lines: readonly string[], about: Partial<Transcript> = {}): Transcript {
  const roles = [...new Set(lines.map((line) => line.slice(0, line.indexOf(":"))))];
  return {
    lyssna: "transcript/1",
    language: "sv",
    recordedAt: "2026-03-10T09:00:00",
    durationMs: lines.length * 3000,
    speakers: roles.map((role, at) => ({ id: String.fromCharCode(65 + at), role: role.toLowerCase() })),
    segments: lines.map((line, at) => ({
      id: `s${String(at + 1)}`,
      startMs: at * 3000,
      endMs: at * 3000 + 2900,
      speaker: String.fromCharCode(65 + roles.indexOf(line.slice(0, line.indexOf(":")))),
      text: line.slice(line.indexOf(":") + 1).trim(),
    })),
    ...about,
  };
}

export function template(sections: readonly Partial<TemplateSection>[], about: Partial<Template> = {}): Template {
  return {
    lyssna: "template/1",
    id: "prov",
    version: 1,
    title: "Prov",
    language: "sv",
    sections: sections.map((section, at) => ({
      id: `del-${String(at)}`,
      heading: "Det viktigaste",
      kind: "bullets",
      ...section,
    })),
    ...about,
  };
}

/** One heading for everything, one for what is to be done. */
export const plain = template([
  { heading: "Det viktigaste", guidance: "Det viktigaste som sades.", kind: "bullets", maxItems: 30 },
  { heading: "Att göra", kind: "actions", maxItems: 20 },
]);

/** A home visit: rent, sleep, a next meeting that is moved, a promise, a rumour. */
export const homeVisit = talk([
  "Handläggare: Hej, välkommen in. Vill du ha kaffe?",
  "Klient: Nej tack. Det är bra.",
  "Handläggare: Hur har du det med boendet?",
  "Klient: Jag bor i en etta på Storgatan sedan oktober. Hyran är fyratusen femhundra i månaden.",
  "Handläggare: Är hyran betald för mars?",
  "Klient: Nej. Jag har betalat februari men inte mars.",
  "Handläggare: Hur mår du?",
  "Klient: Jag sover dåligt och jag är orolig för pengarna. Jag vill helst börja jobba igen.",
  "Handläggare: Är du med i någon a-kassa?",
  "Klient: Nej, jag gick ur i höstas. Min granne säger att huset ska rivas.",
  "Handläggare: Det vet vi inte.",
  "Handläggare: Skicka hyresavin till mig senast på fredag.",
  "Klient: Ja, det gör jag.",
  "Handläggare: Jag bokar en tid hos skuldrådgivningen i morgon.",
  "Klient: Tack, det blir bra.",
  "Handläggare: Nästa möte, ska vi säga torsdagen den nittonde mars klockan tio?",
  "Klient: Den nittonde har jag tandläkaren. Går det på fredagen?",
  "Handläggare: Fredagen den tjugonde då, klockan nio.",
  "Klient: Det blir bra.",
  "Handläggare: Tack för i dag, ta hand om dig.",
]);
