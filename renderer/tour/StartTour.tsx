// The way into the tour: a button wherever it may be wanted.
import { Signpost } from "lucide-react";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { startTour } from "./tour.ts";

export function StartTour({ small = false }: { readonly small?: boolean }) {
  const { t } = useTexts();
  return (
    <TextButton kind="outline" small={small} icon={Signpost} onPress={() => void startTour()}>
      {t("tour.start")}
    </TextButton>
  );
}
