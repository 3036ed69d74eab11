// Meetings that were selected elsewhere and are to be brought together: chosen when the page for it opens.
import { createCell } from "../state/cell.ts";

export const preselected = createCell<readonly string[]>([]);
