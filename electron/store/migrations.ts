// The steps of the meeting database, in order. Add at the end; never change or remove one.
import type { Migration } from "./migrate.ts";
import { first } from "./migrations/001-first.ts";
import { glossary } from "./migrations/002-glossary.ts";
import { templates } from "./migrations/004-templates.ts";
import { reports } from "./migrations/005-reports.ts";
import { review } from "./migrations/006-review.ts";
import { recordings } from "./migrations/007-recordings.ts";
import { fingerprints } from "./migrations/008-fingerprints.ts";
import { originals } from "./migrations/009-originals.ts";
import { corrections } from "./migrations/010-corrections.ts";
import { retention } from "./migrations/011-retention.ts";
import { library } from "./migrations/012-library.ts";
import { masking } from "./migrations/013-masking.ts";
import { peaks } from "./migrations/014-peaks.ts";
import { prefixes } from "./migrations/016-prefixes.ts";
import { renditions } from "./migrations/017-renditions.ts";

export const storeMigrations: readonly Migration[] = [
  first,
  glossary,
  templates,
  reports,
  review,
  recordings,
  fingerprints,
  originals,
  corrections,
  retention,
  library,
  masking,
  peaks,
  prefixes,
  renditions,
];
