// The guides of the repository, and what stands in them: links, headings, commands. Tests only.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Every Markdown file that is for people. */
export const guides: readonly string[] = globSync(["*.md", "docs/**/*.md", "{renderer,build,models}/**/*.md"], {
  cwd: root,
  exclude: (path) => path.includes("node_modules"),
})
  .map((path) => path.replaceAll("\\", "/"))
  .toSorted();

export const readGuide = (path: string): string => readFileSync(join(root, path), "utf8");

/** What `npm run` and `npm` itself know. */
export const scripts: ReadonlySet<string> = new Set([
  ...Object.keys((JSON.parse(readGuide("package.json")) as { scripts: Record<string, string> }).scripts),
  "ci",
]);

const withoutCode = (text: string): string => text.replaceAll(/```[\s\S]*?```/gu, "").replaceAll(/`[^`\n]*`/gu, "");

/** Relative links and pictures. */
export const linksOf = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/u.test(link));

/** Headings as they are linked to: lower case, hyphens for spaces, no signs. */
export const headingsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

export interface GuideCommand {
  /** The whole line as one types it. */
  readonly line: string;
  readonly script: string;
  readonly args: readonly string[];
}

/** Commands of npm in blocks of code; a line without capitals for what one fills in can be typed as it stands. */
export function commandsOf(text: string): readonly GuideCommand[] {
  const blocks = [...text.matchAll(/```(?:sh|bash)?\n([\s\S]*?)```/gu)].map(([, block = ""]) => block);
  return blocks.flatMap((block) =>
    block.split("\n").flatMap((raw) => {
      const line = raw.replace(/\s+#.*$/u, "").trim();
      const [, run, script = "", rest = ""] = /^npm (run )?([\w:-]+)(?: (.*))?$/u.exec(line) ?? [];
      if (script === "" || (run === undefined && !["test", "start", "ci"].includes(script))) return [];
      return [{ line, script, args: rest.split(/\s+/u).filter((arg) => arg !== "" && arg !== "--") }];
    }),
  );
}
