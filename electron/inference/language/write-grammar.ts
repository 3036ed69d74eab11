// The grammar of an answer in llama.cpp's notation (GBNF), of its shape. No room for blanks but one after a colon or comma:
// every token costs time. Runs anywhere.
import type { AnswerSchema } from "../language-protocol.ts";

/** What may stand within a JSON string, as RFC 8259 has it. */
const signRules = [
  String.raw`sign ::= [^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" hex hex hex hex)`,
  "hex ::= [0-9a-fA-F]",
  'gap ::= " "?',
];

export function writeGrammar(schema: AnswerSchema): string {
  const rules = [...signRules];
  const root = write(schema, rules);
  return [`root ::= ${root}`, ...rules].join("\n");
}

/** Answers the expression for a shape, and adds the rules that it needs. */
function write(schema: AnswerSchema, rules: string[]): string {
  if ("enum" in schema) return rule(schema.enum.map((value) => literal(JSON.stringify(value))).join(" | "), rules);
  if (schema.type === "string") {
    const { minLength = 0, maxLength } = schema;
    return rule(`"\\"" sign{${String(minLength)},${String(maxLength)}} "\\""`, rules);
  }
  if (schema.type === "array") {
    const { items, minItems = 0, maxItems } = schema;
    const item = write(items, rules);
    const more = `("," gap ${item}){${String(Math.max(0, minItems - 1))},${String(Math.max(0, maxItems - 1))}}`;
    const filled = `${item} ${more}`;
    return rule(`"[" ${minItems === 0 ? `(${filled})?` : filled} "]"`, rules);
  }
  const fields = Object.entries(schema.properties).map(
    ([key, value]) => `${literal(`${JSON.stringify(key)}:`)} gap ${write(value, rules)}`,
  );
  return rule(`"{" ${fields.join(' "," gap ')} "}"`, rules);
}

function rule(body: string, rules: string[]): string {
  const name = `r${String(rules.length)}`;
  rules.push(`${name} ::= ${body}`);
  return name;
}

/** As GBNF writes it: JSON's own escapes serve. */
const literal = (text: string): string => JSON.stringify(text);
