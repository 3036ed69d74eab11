// Between transcript and summary: dragged, or moved by key, so that one of them is wider.
import { type KeyboardEvent, useState } from "react";
import { useTexts } from "../texts/i18n.ts";
import { largestShare, smallestShare } from "./panes.ts";

interface PaneDividerProps {
  /** The transcript's part of the width, 0 to 1. */
  readonly share: number;
  readonly onMove: (share: number) => void;
  /** Where it was left. */
  readonly onLeave: (share: number) => void;
}

const stepShare = 0.02;
const usualShare = 0.53;

export function PaneDivider({ share, onMove, onLeave }: PaneDividerProps) {
  const { t } = useTexts();
  const [dragging, setDragging] = useState(false);
  const put = (wanted: number) => {
    const next = Math.min(largestShare, Math.max(smallestShare, wanted));
    onMove(next);
    return next;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: share - stepShare,
      ArrowRight: share + stepShare,
      Home: smallestShare,
      End: largestShare,
      Enter: usualShare,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onLeave(put(to));
  };
  return (
    // A separator that can be moved is a widget, by WAI-ARIA 1.2 (section 5.4, "separator").
    <div
      className="divider"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("panes.divider")}
      aria-valuemin={Math.round(smallestShare * 100)}
      aria-valuemax={Math.round(largestShare * 100)}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={t("panes.share", { share: Math.round(share * 100) })}
      data-dragging={dragging || undefined}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onLeave(put(usualShare))}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={(event) => {
        const box = dragging ? event.currentTarget.parentElement?.getBoundingClientRect() : undefined;
        if (box) put((event.clientX - box.left) / Math.max(1, box.width));
      }}
      onPointerUp={() => {
        if (dragging) onLeave(share);
        setDragging(false);
      }}
      onPointerCancel={() => setDragging(false)}
    />
  );
}
