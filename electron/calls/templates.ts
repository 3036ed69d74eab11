// The templates a person can choose from: the built-in files and the person's own. Runs in main.
import { LyssnaError } from "../errors.ts";
import type { Template } from "../formats.ts";
import type { Store } from "../store/types.ts";
import { loadBuiltInTemplates } from "../summary/templates.ts";

export interface Templates {
  all(): Promise<readonly Template[]>;
  byId(id: string): Promise<Template>;
}

/** A person's own template with a built-in one's id stands in its place. */
export function createTemplates(store: Store): Templates {
  const all = async () => {
    const byId = new Map<string, Template>();
    for (const template of [...(await loadBuiltInTemplates()), ...(await store.listTemplates())]) {
      byId.set(template.id, template);
    }
    return [...byId.values()];
  };
  return {
    all,
    async byId(id) {
      const template = (await all()).find((candidate) => candidate.id === id);
      if (template === undefined) throw new LyssnaError("template-not-found", { template: id });
      return template;
    },
  };
}
