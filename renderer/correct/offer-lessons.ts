// A name that was put right may be misheard again: the glossary is offered it, once, and learns nothing unasked.
// Runs in the window.
import type { Lesson } from "../../electron/contract.ts";
import { act, ask } from "../state/ask.ts";
import { tell, tellDone } from "../state/notices.ts";
import type { Translate } from "../texts/i18n.ts";

/** @param before the line, and how a person wrote it over */
export async function offerLessons(before: string, after: string, language: string, t: Translate): Promise<void> {
  // What cannot be looked up is not offered.
  const lessons = await ask("glossary.lessons", before, after, language).catch((): readonly Lesson[] => []);
  const [lesson] = lessons;
  if (lesson === undefined) return;
  const { text, heard } = lesson;
  const learn = async () => {
    const known = (await ask("glossary.list")).find(({ id }) => id === lesson.termId);
    const soundsLike = [...(known?.soundsLike ?? []), heard];
    const made = await act("glossary.save", { ...(known ?? { text, kind: "name" as const }), soundsLike });
    if (made !== undefined) tellDone(t("spelling.added", { word: text }));
  };
  tell({
    kind: "done",
    text: t("spelling.lesson", { heard, text }),
    action: { label: t("spelling.add"), run: () => void learn() },
  });
}
