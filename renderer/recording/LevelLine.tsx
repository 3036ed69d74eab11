// How loud it is now, as a soft line.
import { useEffect, useRef } from "react";
import { useTexts } from "../texts/i18n.ts";
import { level } from "./recorder.ts";

/** A meter is read out when one stands on it, not while it moves. */
export function LevelLine() {
  const { t } = useTexts();
  const line = useRef<HTMLDivElement>(null);
  const fill = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown = 0;
    const draw = () => {
      const now = level.get();
      // Up at once, down slowly, as an eye follows.
      shown = Math.max(now, shown * 0.85);
      if (fill.current) fill.current.style.inlineSize = `${(shown * 100).toFixed(1)}%`;
      line.current?.setAttribute("aria-valuenow", String(Math.round(now * 100)));
    };
    return level.watch(draw);
  }, []);
  return (
    <div
      ref={line}
      className="level-line"
      // A <meter> cannot be drawn as a line in every theme.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="meter"
      aria-label={t("record.level")}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      <div ref={fill} className="level-fill" />
    </div>
  );
}
