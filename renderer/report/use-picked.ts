// Which meetings are chosen, of those that something can be made of; those that were selected in the library to begin with.
import { useEffect, useState } from "react";
import { useCell } from "../state/cell.ts";
import { deleting } from "../state/deleting.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { preselected } from "./preselected.ts";
import { canBeSummarised } from "./summarised-meetings.ts";

export function usePicked() {
  const hidden = useCell(deleting);
  const meetings = useSnapshot("meetings").filter(({ id }) => !hidden.has(id));
  const fitting = canBeSummarised(meetings);
  const [picked, pick] = useState<readonly string[]>(() => preselected.get());
  useEffect(() => preselected.set([]), []);
  return { meetings, fitting, chosen: picked.filter((id) => fitting.some((meeting) => meeting.id === id)), pick };
}
