// An answer's shape as JSON Schema, for servers that bind a model to one. Runs anywhere.
import type { AnswerSchema } from "./language-protocol.ts";

/** Every property required and no other, in the order that they are to be written. */
export function asJsonSchema(schema: AnswerSchema): Readonly<Record<string, unknown>> {
  if ("enum" in schema) return { type: "string", enum: schema.enum };
  if (schema.type === "string") return { ...schema };
  if (schema.type === "array") return { ...schema, items: asJsonSchema(schema.items) };
  const fields = Object.entries(schema.properties).map(([name, value]) => [name, asJsonSchema(value)]);
  return {
    type: "object",
    properties: Object.fromEntries(fields) as Readonly<Record<string, unknown>>,
    required: Object.keys(schema.properties),
    additionalProperties: false,
  };
}
