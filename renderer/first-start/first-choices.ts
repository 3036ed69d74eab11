// Which models a newcomer sees first: few enough to choose from. Pure.
import type { ModelInfo } from "../../electron/contract.ts";

const atFirst = 3;

/** The recommended model between its neighbours in the list; what is under way or in place is always among them. */
export function firstChoices(models: readonly ModelInfo[]): readonly ModelInfo[] {
  const recommended = models.findIndex((model) => model.recommended);
  const start = Math.max(0, Math.min(recommended - 1, models.length - atFirst));
  return models.filter((model, index) => model.state !== "absent" || (index >= start && index < start + atFirst));
}
