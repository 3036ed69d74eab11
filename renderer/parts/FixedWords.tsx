// That the organisation has decided a setting, and why: a lock for the eyes, words for everybody.
import { Lock } from "lucide-react";
import type { Settings } from "../../electron/contract.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import "./fixed-words.css";

/** Who has fixed the setting and why, or null where it is the person's own. */
export function useFixed(key: keyof Settings): string | null {
  const { t } = useTexts();
  const { values, organisation, reason } = useSnapshot("fixed");
  if (!Object.hasOwn(values, key)) return null;
  const who = organisation === "" ? t("fixed.by") : t("fixed.byName", { organisation });
  return reason === "" ? who : `${who} ${reason}`;
}

export function FixedWords({ children }: { readonly children: string }) {
  return (
    <span className="fixed-words">
      <Lock size={14} strokeWidth={1.75} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
