// One heading onto the clipboard, and on to the next: for case systems with a field for each heading.
import { Check, CopyCheck } from "lucide-react";
import type { Meeting } from "../../electron/contract.ts";
import type { SummarySection } from "../../electron/formats.ts";
import { CopyButton } from "../parts/CopyButton.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { tick, useTicked } from "./copied-headings.ts";

interface CopyHeadingProps {
  readonly meeting: Meeting;
  readonly section: SummarySection;
}

const nextButtons = "[data-copy-next]";

export function CopyHeading({ meeting, section }: CopyHeadingProps) {
  const { t } = useTexts();
  const { heading } = section;
  const mayCopy = useSnapshot("policy").copy;
  const ticked = useTicked(meeting.id, section);
  const copy = async () => {
    const answer = await act("copy.heading", meeting.id, section.id);
    if (answer !== undefined) tick(meeting.id, section);
    return answer;
  };
  const copyAndGoOn = async (pressed: Element) => {
    if ((await copy()) === undefined) return;
    const buttons = [...document.querySelectorAll<HTMLElement>(nextButtons)];
    const next = buttons[buttons.indexOf(pressed as HTMLElement) + 1];
    const name = next?.dataset["copyNext"];
    announce(name === undefined ? t("summary.copiedLast") : t("summary.copiedNext", { heading, next: name }));
    next?.focus();
    next?.closest("section")?.scrollIntoView({ block: "nearest" });
  };
  if (!mayCopy) return null;
  return (
    <span className="copy-heading">
      {ticked && (
        <span className="copy-tick">
          <Check size={15} strokeWidth={1.75} aria-hidden />
          {t("summary.copied")}
        </span>
      )}
      <CopyButton seen={t("summary.copy")} label={t("summary.copyHeading", { heading })} onCopy={copy} />
      <TextButton
        kind="plain"
        small
        icon={CopyCheck}
        data-copy-next={heading}
        aria-label={t("summary.copyAndNextFull", { heading })}
        onPress={({ target }) => void copyAndGoOn(target)}
      >
        {t("summary.copyAndNext")}
      </TextButton>
    </span>
  );
}
