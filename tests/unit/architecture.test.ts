import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parseSync } from "rolldown/utils";
import { asMarkdown, guardedPackages, networkModules, outsideFolders, partOf } from "../architecture.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const files = globSync("{electron,renderer,models}/**/*.{ts,tsx}", { cwd: root }).map((path) =>
  path.replaceAll("\\", "/"),
);
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")));

/** Every import, re-export, dynamic import and worker address of a module. */
function importsOf(file: string, source: string): Import[] {
  const { module } = parseSync(file, source);
  const at = (specifier: string, start: number, typeOnly: boolean): Import => ({
    file,
    line: source.slice(0, start).split("\n").length,
    specifier,
    typeOnly,
  });
  const isType = (entries: readonly { readonly isType: boolean }[]) =>
    entries.length > 0 && entries.every((entry) => entry.isType);
  return [
    ...module.staticImports.map(({ moduleRequest, entries, start }) => at(moduleRequest.value, start, isType(entries))),
    ...module.staticExports.flatMap(({ entries, start }) =>
      entries.flatMap(({ moduleRequest }) =>
        moduleRequest === null ? [] : [at(moduleRequest.value, start, isType(entries))],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
      at(source.slice(start, end).replaceAll(/^["'`]|["'`]$/gu, ""), start, false),
    ),
    ...[...source.matchAll(/new URL\(\s*"([^"]+\.ts)"/gu)].map((match) => at(match[1] ?? "", match.index, false)),
  ];
}

const isLocal = (specifier: string) => /^\.{0,2}\//u.test(specifier);
const resolved = ({ file, specifier }: Import) => posix.join(dirname(file), specifier);
const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
const place = ({ file, line, specifier }: Import) => `${file}:${line} imports ${specifier}`;

describe("architecture", () => {
  test("the reader of imports sees every kind of import", () => {
    const source = [
      'import type { A } from "./a.ts";',
      'import { type B } from "./b.ts";',
      'import { c, type D } from "c";',
      'import "./e.css";',
      'export * from "./f.ts";',
      'const g = await import("./g.ts");',
      'new Worker(new URL("./h.ts", import.meta.url));',
    ].join("\n");
    const seen = importsOf("x.ts", source).map(({ specifier, typeOnly }) => [specifier, typeOnly]);
    assert.deepEqual(seen, [
      ["./a.ts", true],
      ["./b.ts", true],
      ["c", false],
      ["./e.css", false],
      ["./f.ts", false],
      ["./g.ts", false],
      ["./h.ts", false],
    ]);
  });

  test("every file belongs to a part of the table", () => {
    assert.ok(files.length > 20, "the sources were not found");
    assert.deepEqual(
      files.filter((file) => partOf(file) === undefined),
      [],
    );
  });

  test("a part imports only the parts that the table allows", () => {
    const wrong = imports.filter((one) => {
      if (!isLocal(one.specifier)) return false;
      const from = partOf(one.file);
      const target = resolved(one);
      if (outsideFolders.some((folder) => target.startsWith(`${folder}/`))) return true;
      const to = partOf(target);
      // Files that are not code (texts, styles) belong to the part of their folder.
      return to === undefined || (to !== from && !from?.imports.includes(to.name));
    });
    assert.deepEqual(wrong.map(place), []);
  });

  test("electron is imported by value in main.ts and preload.ts only", () => {
    const byValue = imports.filter(({ specifier, typeOnly }) => packageOf(specifier) === "electron" && !typeOnly);
    const homes = byValue.map(({ file }) => file).filter((file) => !/^electron\/(main|preload)\.ts$/u.test(file));
    assert.deepEqual(homes, []);
  });

  test("a guarded package is imported by value only in its home", () => {
    const wrong = imports.filter(({ file, specifier, typeOnly }) => {
      const name = packageOf(specifier);
      return !typeOnly && guardedPackages.includes(name) && partOf(file)?.packages?.includes(name) !== true;
    });
    assert.deepEqual(wrong.map(place), []);
  });

  test("what runs in the window or anywhere uses nothing of Node", () => {
    const wrong = imports.filter(
      ({ file, specifier, typeOnly }) => !typeOnly && partOf(file)?.withoutNode === true && isBuiltin(specifier),
    );
    assert.deepEqual(wrong.map(place), []);
  });

  test("no file of the product can open a connection by itself", () => {
    const wrong = imports.filter(({ specifier }) =>
      networkModules.includes(packageOf(specifier.replace(/^node:/u, ""))),
    );
    assert.deepEqual(wrong.map(place), []);
  });

  test("the README shows the table as it is", () => {
    assert.ok(readFileSync(join(root, "README.md"), "utf8").includes(asMarkdown()), "run: node tests/architecture.ts");
  });
});
