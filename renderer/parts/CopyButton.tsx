// Puts something on the clipboard and says so in its own place.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { announce } from "../state/announce.ts";
import { useTexts } from "../texts/i18n.ts";
import { TextButton } from "./TextButton.tsx";

interface CopyButtonProps {
  /** The full name; what is seen is its first word unless `wholeLabel`. */
  readonly label: string;
  readonly seen?: string;
  /** Answers undefined if it failed. */
  readonly onCopy: () => Promise<null | undefined>;
}

const shownMs = 2000;

export function CopyButton({ label, seen = label, onCopy }: CopyButtonProps) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if ((await onCopy()) === undefined) return;
    setCopied(true);
    announce(t("summary.copied"));
  };
  return (
    <TextButton
      kind="plain"
      small
      icon={copied ? Check : Copy}
      {...(copied ? {} : { "aria-label": label })}
      onPress={() => void copy()}
    >
      {copied ? t("summary.copied") : seen}
    </TextButton>
  );
}
