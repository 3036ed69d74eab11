// The template editor: its headings to drag, the one that is chosen to write on, and beside them what a meeting becomes.
import { Redo2, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import type { TemplateDetails } from "../../electron/contract.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { announce } from "../state/announce.ts";
import { tellDone } from "../state/notices.ts";
import { go } from "../state/route.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useListener } from "../state/use-listener.ts";
import { useTexts } from "../texts/i18n.ts";
import { AboutForm } from "./AboutForm.tsx";
import { BackToTemplates } from "./BackToTemplates.tsx";
import { DryRun } from "./DryRun.tsx";
import { EditorMenu } from "./EditorMenu.tsx";
import "./editor.css";
import { FaultList } from "./FaultList.tsx";
import { faultsOf } from "./faults.ts";
import { keepFocus } from "./keep-focus.ts";
import { SectionForm } from "./SectionForm.tsx";
import { SectionList } from "./SectionList.tsx";
import { useDraft } from "./use-draft.ts";

export function TemplateEditor({ details }: { readonly details: TemplateDetails }) {
  const { t } = useTexts();
  const { template: latest, draft } = details;
  const [versions, setVersions] = useState(details.versions);
  const desk = useDraft(draft ?? latest, versions.length > 0 ? latest : null);
  const { template } = desk;
  const title = template.title.trim() || t("templates.untitled");
  const heading = useArrival(title);
  const page = useRef<HTMLElement>(null);
  /** The heading that is written on; null for what is said of the template as a whole. */
  const [chosen, setChosen] = useState<string | null>(template.sections[0]?.id ?? null);
  const form = useRef<HTMLElement>(null);
  const choose = (id: string | null) => {
    setChosen(id);
    // In a narrow window the form stands below the list.
    requestAnimationFrame(() => form.current?.scrollIntoView({ block: "nearest" }));
  };
  /** To a place that one did not point at in the list: the focus goes there too. */
  const open = (id: string | null) => {
    choose(id);
    form.current?.focus({ preventScroll: true });
  };
  const stepBack = (step: () => void) => {
    step();
    keepFocus();
  };
  const section = template.sections.find(({ id }) => id === chosen);
  const faults = faultsOf(template);
  const savedVersion = versions[0]?.version ?? null;

  useShortcuts({ Escape: () => go({ view: "templates" }) });
  useListener(page, "keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) desk.redo();
    else desk.undo();
  });

  const save = async () => {
    const hindrance = faults.find(({ remark }) => !remark);
    if (hindrance !== undefined) {
      open(hindrance.sectionId);
      announce(t(`templates.faults.${hindrance.code}`, { heading: hindrance.words }));
      return;
    }
    const saved = await desk.save();
    if (saved === undefined) return;
    if (saved.version !== savedVersion) {
      setVersions([{ version: saved.version, savedAt: new Date().toISOString() }, ...versions]);
    }
    tellDone(t("templates.saved", { version: saved.version }));
  };

  return (
    <main ref={page} className="editor">
      <header className="editor-head">
        <BackToTemplates />
        <div className="editor-words">
          <h1 ref={heading} tabIndex={-1} lang={template.language}>
            {title}
          </h1>
          <p className="quiet">
            {savedVersion === null
              ? t("templates.neverSaved")
              : desk.changed
                ? t("templates.changedSince", { version: savedVersion })
                : t("templates.version", { version: savedVersion })}
          </p>
        </div>
        <div className="editor-actions">
          <TextButton kind="plain" icon={Undo2} isDisabled={!desk.canUndo} onPress={() => stepBack(desk.undo)}>
            {t("templates.undo")}
          </TextButton>
          <TextButton kind="plain" icon={Redo2} isDisabled={!desk.canRedo} onPress={() => stepBack(desk.redo)}>
            {t("templates.redo")}
          </TextButton>
          <EditorMenu desk={desk} versions={versions} savedVersion={savedVersion} />
          <TextButton kind="primary" onPress={() => void save()}>
            {t("templates.save")}
          </TextButton>
        </div>
      </header>
      <div className="editor-panes">
        <section className="editor-list" aria-label={t("templates.headings")}>
          <SectionList desk={desk} chosen={chosen} onChoose={choose} faults={faults} />
          <FaultList faults={faults} onChoose={open} />
        </section>
        <section
          ref={form}
          tabIndex={-1}
          className="editor-form"
          aria-label={section === undefined ? t("templates.about") : t("templates.heading")}
        >
          {section === undefined ? (
            <AboutForm desk={desk} />
          ) : (
            <SectionForm key={section.id} desk={desk} section={section} onChoose={open} />
          )}
        </section>
        <DryRun template={template} />
      </div>
    </main>
  );
}
