// The template's headings in their order: dragged with the mouse, a finger or the keyboard, or moved step by step.
import { ArrowDown, ArrowUp, FileText, GripVertical, Plus } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { GridList, GridListItem } from "react-aria-components/GridList";
import { useDragAndDrop } from "react-aria-components/useDragAndDrop";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { addSection, headingsMax, moveSections, stepSection } from "./edit-sections.ts";
import type { Fault } from "./faults.ts";
import { keepFocus } from "./keep-focus.ts";
import type { Desk } from "./use-draft.ts";

interface SectionListProps {
  readonly desk: Desk;
  /** Null where the template as a whole is chosen. */
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  readonly faults: readonly Fault[];
}

export function SectionList({ desk, chosen, onChoose, faults }: SectionListProps) {
  const { t } = useTexts();
  const { template } = desk;
  const nameOf = (heading: string) => heading.trim() || t("templates.noWords");
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": String(key) })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === "on") return;
      const ids = new Set([...keys].map(String));
      desk.change(moveSections(template, ids, String(target.key), target.dropPosition));
    },
  });
  const add = () => {
    const [next, id] = addSection(template, chosen);
    desk.change(next);
    onChoose(id);
  };
  const step = (by: -1 | 1) => {
    if (chosen === null) return;
    desk.change(stepSection(template, chosen, by));
    keepFocus();
  };
  const at = template.sections.findIndex(({ id }) => id === chosen);
  return (
    <>
      <Button
        className="editor-about"
        data-chosen={chosen === null || undefined}
        aria-pressed={chosen === null}
        onPress={() => onChoose(null)}
      >
        <FileText size={16} strokeWidth={1.75} aria-hidden />
        {t("templates.about")}
      </Button>
      <GridList
        className="editor-sections"
        aria-label={t("templates.headings")}
        items={template.sections}
        dependencies={[faults, t]}
        selectionMode="single"
        disallowEmptySelection={chosen !== null}
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : keys;
          if (key !== undefined) onChoose(String(key));
        }}
        dragAndDropHooks={dragAndDropHooks}
        renderEmptyState={() => <p className="quiet editor-empty">{t("templates.noHeadings")}</p>}
      >
        {(section) => (
          <GridListItem id={section.id} textValue={nameOf(section.heading)} className="editor-section">
            <Button
              slot="drag"
              className="editor-grip"
              aria-label={t("templates.drag", { heading: nameOf(section.heading) })}
            >
              <GripVertical size={16} strokeWidth={1.75} aria-hidden />
            </Button>
            <span className="editor-section-words">
              <span className="editor-section-heading" lang={template.language}>
                {nameOf(section.heading)}
              </span>
              <span className="editor-section-kind">
                {t(`templates.kinds.${section.kind}`)}
                {faults.some(({ sectionId, remark }) => sectionId === section.id && !remark) && (
                  <span className="editor-section-fault"> · {t("templates.toMend")}</span>
                )}
              </span>
            </span>
          </GridListItem>
        )}
      </GridList>
      <div className="editor-list-foot">
        <TextButton kind="outline" icon={Plus} isDisabled={template.sections.length >= headingsMax} onPress={add}>
          {t("templates.addHeading")}
        </TextButton>
        <span className="editor-steps">
          <TextButton kind="plain" icon={ArrowUp} isDisabled={at <= 0} onPress={() => step(-1)}>
            {t("templates.up")}
          </TextButton>
          <TextButton
            kind="plain"
            icon={ArrowDown}
            isDisabled={at < 0 || at === template.sections.length - 1}
            onPress={() => step(1)}
          >
            {t("templates.down")}
          </TextButton>
        </span>
      </div>
    </>
  );
}
