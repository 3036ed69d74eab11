// The help: how Lyssna works, where it fails, what the law expects, what it never does. With contents, and searched through.
import { ChevronLeft, Keyboard } from "lucide-react";
import { Fragment, useEffect, useRef, useState } from "react";
import { SearchLine } from "../parts/SearchLine.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { addressOf } from "../state/route.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { StartTour } from "../tour/StartTour.tsx";
import { cameFrom } from "./came-from.ts";
import { cutAtFound, findHelp, type HelpPart, type HelpSection, helpTexts } from "./help-texts.ts";
import "./help.css";

export function HelpView({ section }: { readonly section: string | null }) {
  const { t, language } = useTexts();
  const [query, setQuery] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const sections = helpTexts[language];
  const found = findHelp(sections, query);
  const count = found.reduce((sum, { parts }) => sum + parts.length, 0);
  const heading = useArrival(t("help.title"));
  useShortcuts({
    Escape: () => window.location.assign(cameFrom()),
    "/": () => search.current?.focus(),
  });

  // After the heading of the page: whoever follows a link to a section is to be told of the section.
  useEffect(() => {
    const target = section === null ? null : document.getElementById(`help-${section}`);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "start" });
  }, [section]);

  return (
    <main className="page help">
      <a className="button button-plain back-link" href={cameFrom()}>
        <ChevronLeft size={17} strokeWidth={1.75} aria-hidden />
        {t("help.back")}
      </a>
      <h1 ref={heading} tabIndex={-1}>
        {t("help.title")}
      </h1>
      <div className="help-ways">
        <StartTour />
        <a className="button button-outline" href={addressOf({ view: "settings", page: "keys" })}>
          <Keyboard size={17} strokeWidth={1.75} aria-hidden />
          {t("keys.title")}
        </a>
      </div>
      <SearchLine label={t("help.search")} value={query} field={search} onChange={setQuery} />
      {query.trim() === "" ? (
        <nav aria-label={t("help.contents")}>
          <ul className="help-contents">
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={addressOf({ view: "help", section: id })}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
      ) : (
        <output>{t("help.found", { count })}</output>
      )}
      {found.map((one) => (
        <Section key={one.id} section={one} query={query} />
      ))}
    </main>
  );
}

function Section({ section, query }: { readonly section: HelpSection; readonly query: string }) {
  return (
    <section aria-labelledby={`help-${section.id}`} className="help-section">
      <h2 id={`help-${section.id}`} tabIndex={-1} className="help-title">
        <Found text={section.title} query={query} />
      </h2>
      {section.parts.map((part) => (
        <Part key={part.title} part={part} query={query} />
      ))}
    </section>
  );
}

function Part({ part, query }: { readonly part: HelpPart; readonly query: string }) {
  const lines = (all: readonly string[]) =>
    all.map((line) => (
      <li key={line}>
        <Found text={line} query={query} />
      </li>
    ));
  return (
    <div className="help-part">
      {part.title !== "" && (
        <h3>
          <Found text={part.title} query={query} />
        </h3>
      )}
      {part.text?.map((paragraph) => (
        <p key={paragraph}>
          <Found text={paragraph} query={query} />
        </p>
      ))}
      {part.list && <ul className="help-list">{lines(part.list)}</ul>}
      {part.steps && <ol className="help-list">{lines(part.steps)}</ol>}
    </div>
  );
}

/** A text with what is sought marked in it. */
function Found({ text, query }: { readonly text: string; readonly query: string }) {
  return cutAtFound(text, query).map((piece, index) =>
    // The pieces of one text stand in a fixed order.
    // oxlint-disable-next-line react/no-array-index-key
    index % 2 === 1 ? <mark key={index}>{piece}</mark> : <Fragment key={index}>{piece}</Fragment>,
  );
}
