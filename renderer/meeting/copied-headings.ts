// Which headings have been copied since the window opened, and with which words: a tick stands for what was copied, not
// for what it says now. Runs in the window.
import type { SummarySection } from "../../electron/formats.ts";
import { createCell, useCell } from "../state/cell.ts";

const copied = createCell<ReadonlyMap<string, string>>(new Map());

const keyOf = (meetingId: string, section: SummarySection) => `${meetingId} ${section.id}`;
const wordsOf = ({ items }: SummarySection) => JSON.stringify(items);

export const tick = (meetingId: string, section: SummarySection) =>
  copied.set(new Map(copied.get()).set(keyOf(meetingId, section), wordsOf(section)));

export const useTicked = (meetingId: string, section: SummarySection): boolean =>
  useCell(copied).get(keyOf(meetingId, section)) === wordsOf(section);
