// In the settings: what the organisation has decided here, and the annex to its impact assessment.
import { FileText } from "lucide-react";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function PrintAnnex() {
  const { t } = useTexts();
  const { file, organisation } = useSnapshot("policy");
  const save = async () => {
    const path = await act("annex.save");
    if (path !== undefined && path !== null) tellDone(t("annex.done"));
  };
  return (
    <section aria-labelledby="annex-title" className="settings-part">
      <h3 id="annex-title" className="settings-part-title">
        {t("annex.title")}
      </h3>
      <p>{t("annex.lead")}</p>
      {file !== null && (
        <p className="quiet">
          {organisation !== "" && `${t("policyLine.by", { organisation })} `}
          {t("policyLine.file", { file })}
        </p>
      )}
      <div>
        <TextButton kind="outline" icon={FileText} onPress={() => void save()}>
          {t("annex.print")}
        </TextButton>
      </div>
    </section>
  );
}
