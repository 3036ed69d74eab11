// What can be done with the template besides writing on it: share it, make it the default, look back, take it away.
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Header } from "react-aria-components/Header";
import { Menu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { TemplateVersion } from "../../electron/contract.ts";
import "../parts/float.css";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import { exportTemplate } from "./export-template.ts";
import type { Desk } from "./use-draft.ts";

interface EditorMenuProps {
  readonly desk: Desk;
  readonly versions: readonly TemplateVersion[];
  readonly savedVersion: number | null;
}

type Action = "export" | "makeDefault" | "dropChanges" | "remove";

export function EditorMenu({ desk, versions, savedVersion }: EditorMenuProps) {
  const { t, language } = useTexts();
  const { templateId } = useSnapshot("settings");
  const [asking, setAsking] = useState(false);
  const { id, title } = desk.template;
  const makeDefault = async () => {
    if ((await act("settings.set", { templateId: id })) !== undefined) tellDone(t("templates.madeDefault"));
  };
  const remove = async () => {
    setAsking(false);
    await desk.drop();
    if ((await act("templates.remove", id)) === undefined) return;
    tellDone(t("templates.removed", { title: title.trim() || t("templates.untitled") }));
    go({ view: "templates" });
  };
  const actions: readonly (readonly [name: Action, run: () => void])[] = [
    ...(savedVersion === null
      ? []
      : ([
          ["export", () => void exportTemplate(id, t)],
          ...(templateId === id ? [] : [["makeDefault", () => void makeDefault()] as const]),
          ...(desk.changed ? [["dropChanges", () => void desk.drop()] as const] : []),
        ] as const)),
    ["remove", () => setAsking(true)],
  ];
  return (
    <>
      <MenuTrigger>
        <TextButton kind="plain" icon={ChevronDown}>
          {t("templates.more")}
        </TextButton>
        <Popover className="float" placement="bottom end">
          <Menu className="menu">
            {actions.map(([name, run]) => (
              <MenuItem
                key={name}
                id={name}
                className="menu-item"
                textValue={t(`templates.actions.${name}`)}
                onAction={run}
              >
                {t(`templates.actions.${name}`)}
              </MenuItem>
            ))}
            {versions.length > 0 && (
              <MenuSection className="menu-section">
                <Header className="menu-title">{t("templates.versions")}</Header>
                {versions.slice(0, 20).map(({ version, savedAt }) => {
                  const name =
                    savedAt === null
                      ? t("templates.version", { version })
                      : t("templates.versionFrom", { version, date: dateAndTime(savedAt, language) });
                  return (
                    <MenuItem
                      key={version}
                      id={`version ${version}`}
                      className="menu-item"
                      textValue={name}
                      onAction={() => go({ view: "template", id, version })}
                    >
                      {name}
                    </MenuItem>
                  );
                })}
              </MenuSection>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <SheetDialog
        title={t("templates.removeTitle", { title: title.trim() || t("templates.untitled") })}
        open={asking}
        onOpenChange={setAsking}
        asks
      >
        <p>{t("templates.removeHint")}</p>
        {templateId === id && <p>{t("templates.removeDefault")}</p>}
        <div className="form-foot">
          <TextButton kind="outline" onPress={() => setAsking(false)}>
            {t("meeting.cancel")}
          </TextButton>
          <TextButton kind="outline" onPress={() => void remove()}>
            {t("templates.actions.remove")}
          </TextButton>
        </div>
      </SheetDialog>
    </>
  );
}
