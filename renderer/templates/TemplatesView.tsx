// The shelf of templates: the person's own first, then the built-in ones by where they are used.
import { Search as SearchIcon } from "lucide-react";
import { useState } from "react";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import type { ShelfTemplate } from "../../electron/contract.ts";
import "../parts/chips.css";
import { BackToLibrary } from "../parts/BackToLibrary.tsx";
import { ErrorText } from "../parts/ErrorText.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { ask } from "../state/ask.ts";
import { addressOf, go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { type Area, areas, groupByArea, holdsWords } from "./areas.ts";
import { NewTemplate } from "./NewTemplate.tsx";
import "./templates.css";

export function TemplatesView() {
  const { t } = useTexts();
  const heading = useArrival(t("templates.title"));
  const { ownTemplates } = useSnapshot("policy");
  const [sought, setSought] = useState("");
  const [area, setArea] = useState<Area | "all">("all");
  const { value: shelf, error } = useAnswer("templates", "", () => ask("templates.shelf"));
  useShortcuts({ Escape: () => go({ view: "library" }) });
  const groups = groupByArea(
    (shelf ?? []).filter((one) => holdsWords(one, sought)),
    area,
  );
  return (
    <main className="page templates">
      <BackToLibrary />
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {t("templates.title")}
        </h1>
        {ownTemplates && <NewTemplate />}
      </header>
      <p className="quiet">{t("templates.hint")}</p>
      <div className="templates-find">
        <SearchField aria-label={t("templates.find")} value={sought} onChange={setSought} className="templates-search">
          <SearchIcon size={17} strokeWidth={1.75} aria-hidden />
          <Input
            className="templates-search-input"
            placeholder={t("templates.find")}
            maxLength={100}
            spellCheck={false}
            autoComplete="off"
          />
        </SearchField>
        <ToggleButtonGroup
          aria-label={t("templates.area")}
          className="chips"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[area]}
          onSelectionChange={(keys) => setArea(areas.find((one) => keys.has(one)) ?? "all")}
        >
          {(["all", ...areas] as const).map((one) => (
            <ToggleButton key={one} id={one} className="chip">
              {t(`templates.areas.${one}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {shelf !== undefined && groups.length === 0 && <p>{t("templates.noHits")}</p>}
      {groups.map(({ name, templates }) => (
        <section key={name} className="templates-group">
          <h2 className="templates-group-title">{t(`templates.areas.${name}`)}</h2>
          <ul>
            {templates.map((one) => (
              <Row key={one.template.id} entry={one} />
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

function Row({ entry: { template, state } }: { readonly entry: ShelfTemplate }) {
  const { t, language } = useTexts();
  const { templateId } = useSnapshot("settings");
  const marks = [
    template.id === templateId && t("templates.isDefault"),
    state !== "saved" && t(`templates.state.${state}`),
    template.language !== language && t(`templates.languages.${template.language === "en" ? "en" : "sv"}`),
  ].filter(Boolean);
  return (
    <li className="templates-row">
      <a
        className="templates-row-title"
        lang={template.language}
        href={addressOf({ view: "template", id: template.id, version: null })}
      >
        {template.title || t("templates.untitled")}
      </a>
      {marks.length > 0 && <span className="templates-row-marks">{marks.join(" · ")}</span>}
      {template.description && (
        <p className="quiet templates-row-words" lang={template.language}>
          {template.description}
        </p>
      )}
    </li>
  );
}
