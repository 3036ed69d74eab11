// What a language model can be asked to make of a heading. Values.

export const rewriteWays = ["again", "shorter", "plainer", "formal"] as const;
export type RewriteWay = (typeof rewriteWays)[number];
