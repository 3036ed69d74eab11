// What stands in the search field: kept while a meeting is open, so that going back finds the same hits.
import { createCell } from "../state/cell.ts";

export const searchText = createCell("");
