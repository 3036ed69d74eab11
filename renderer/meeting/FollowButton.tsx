// The way back to what is heard, where the reader has scrolled away from it.
import { ArrowDownUp } from "lucide-react";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { useCell } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import { useReading } from "./reading.ts";

export function FollowButton() {
  const { t } = useTexts();
  const { following, player, revealed, spoken } = useReading();
  const isFollowing = useCell(following);
  const playing = useCell(player.playing);
  const follow = () => {
    following.set(true);
    const segmentId = spoken.get();
    if (segmentId !== null) revealed.set({ segmentId });
  };
  useShortcuts({ f: follow });
  if (isFollowing || !playing) return null;
  return (
    <div className="follow">
      <TextButton kind="outline" small icon={ArrowDownUp} aria-label={t("follow.full")} onPress={follow}>
        {t("follow.button")}
      </TextButton>
    </div>
  );
}
