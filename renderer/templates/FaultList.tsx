// What is to be mended before the template can be saved, and what is worth a look; each leads to its place.
import { Button } from "react-aria-components/Button";
import { useTexts } from "../texts/i18n.ts";
import type { Fault } from "./faults.ts";

interface FaultListProps {
  readonly faults: readonly Fault[];
  readonly onChoose: (id: string | null) => void;
}

export function FaultList({ faults, onChoose }: FaultListProps) {
  const { t } = useTexts();
  if (faults.length === 0) return null;
  return (
    <ul className="editor-faults" aria-label={t("templates.toMend")}>
      {faults.map(({ code, sectionId, remark, words }) => (
        <li key={`${code} ${sectionId}`} data-remark={remark || undefined}>
          <Button className="editor-fault" onPress={() => onChoose(sectionId)}>
            {t(`templates.faults.${code}`, { heading: words })}
          </Button>
        </li>
      ))}
    </ul>
  );
}
