// A new template: empty, from an old document, or one that a colleague has saved as a file.
import { Plus } from "lucide-react";
import { useState } from "react";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import "../parts/float.css";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { go } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { FromDocument } from "./FromDocument.tsx";

const ways = ["empty", "document", "file"] as const;
type Way = (typeof ways)[number];

export function NewTemplate() {
  const { t } = useTexts();
  const [pasting, setPasting] = useState(false);
  const begin = async (way: Way) => {
    if (way === "document") return setPasting(true);
    if (way === "empty") {
      const draft = await act("templates.start", null, null);
      if (draft !== undefined) go({ view: "template", id: draft.id, version: null });
      return undefined;
    }
    const answer = await act("templates.import");
    if (answer === undefined || answer === null) return undefined;
    const { template, outcome } = answer;
    tellDone(t(`templates.imported.${outcome}`, { title: template.title, version: template.version }));
    return go({ view: "template", id: template.id, version: null });
  };
  return (
    <>
      <MenuTrigger>
        <TextButton kind="primary" icon={Plus}>
          {t("templates.new")}
        </TextButton>
        <Popover className="float" placement="bottom end">
          <Menu className="menu templates-menu">
            {ways.map((way) => (
              <MenuItem
                key={way}
                id={way}
                className="menu-item"
                textValue={t(`templates.ways.${way}`)}
                onAction={() => void begin(way)}
              >
                <span>{t(`templates.ways.${way}`)}</span>
                <span className="templates-menu-hint">{t(`templates.wayHints.${way}`)}</span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <FromDocument open={pasting} onOpenChange={setPasting} />
    </>
  );
}
