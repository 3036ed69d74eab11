// "Skapa modellpaket": which of the installed models to carry to another computer, in a file.
import { PackageOpen } from "lucide-react";
import { useState } from "react";
import { CheckBox } from "../parts/CheckBox.tsx";
import { packModels } from "../parts/model-actions.ts";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function PackModels() {
  const { t } = useTexts();
  const models = [...useSnapshot("models"), ...useSnapshot("languageModels")].filter(
    ({ state, demonstration }) => state === "installed" && !demonstration,
  );
  const [open, setOpen] = useState(false);
  const [left, setLeft] = useState<readonly string[]>([]);
  const chosen = models.map(({ id }) => id).filter((id) => !left.includes(id));
  const choose = (id: string, on: boolean) => setLeft(on ? left.filter((other) => other !== id) : [...left, id]);
  // Where it goes is asked for next, and how far it has come is seen on the page.
  const pack = () => {
    setOpen(false);
    void packModels(chosen, t);
  };
  if (models.length === 0) return null;
  return (
    <>
      <TextButton kind="outline" icon={PackageOpen} onPress={() => setOpen(true)}>
        {t("models.pack.open")}
      </TextButton>
      <SheetDialog title={t("models.pack.title")} open={open} onOpenChange={setOpen}>
        <p className="quiet">{t("models.pack.hint")}</p>
        {models.map(({ id, title }) => (
          <CheckBox key={id} label={title} on={!left.includes(id)} onChange={(on) => choose(id, on)} />
        ))}
        <div className="form-foot">
          <TextButton kind="plain" onPress={() => setOpen(false)}>
            {t("models.pack.cancel")}
          </TextButton>
          <TextButton kind="primary" isDisabled={chosen.length === 0} onPress={pack}>
            {t("models.pack.save")}
          </TextButton>
        </div>
      </SheetDialog>
    </>
  );
}
