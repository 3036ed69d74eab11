// What the stand-in does not know, it refuses: better a loud test than one that passes against nothing. Runs in main.

/** Members that the language itself looks for. */
const languageMembers: ReadonlySet<string> = new Set(["then", "toJSON", "constructor", "prototype", "nodeType"]);

/** The same object, but reading a member that is not there throws. */
export function known<Value extends object>(name: string, value: Value): Value {
  return new Proxy(value, {
    get(target, member) {
      if (typeof member === "string" && !(member in target) && !languageMembers.has(member)) {
        throw new Error(`the stand-in for electron does not know ${name}.${member}`);
      }
      const found: unknown = Reflect.get(target, member, target);
      return found;
    },
  });
}

/** Refuses options that are not in the list, so that none is silently without effect. */
export function knownOptions(name: string, options: object, allowed: readonly string[]): void {
  const unknown = Object.keys(options).filter((key) => !allowed.includes(key));
  if (unknown.length > 0) throw new Error(`the stand-in for electron does not know ${name} with ${unknown.join(", ")}`);
}
