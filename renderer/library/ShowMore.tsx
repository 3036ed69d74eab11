// The end of the drawn rows: more are drawn when it comes into view, or when it is pressed.
import { useEffect, useRef } from "react";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";

interface ShowMoreProps {
  readonly label?: string;
  readonly onMore: () => void;
}

export function ShowMore({ label, onMore }: ShowMoreProps) {
  const { t } = useTexts();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore();
      },
      { rootMargin: "600px" },
    );
    if (end.current) observer.observe(end.current);
    return () => observer.disconnect();
  }, [onMore]);
  return (
    <div ref={end}>
      <TextButton onPress={onMore}>{label ?? t("library.showMore")}</TextButton>
    </div>
  );
}
