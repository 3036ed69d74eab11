// In the head of a meeting: this one meeting as an encrypted package.
import { PackageOpen } from "lucide-react";
import { useState } from "react";
import type { Meeting } from "../../electron/contract.ts";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { MakePackage } from "./MakePackage.tsx";

export function MoveMeeting({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const { makePackage } = useSnapshot("policy");
  if (!makePackage || meeting.status === "recording") return null;
  const close = () => setOpen(false);
  return (
    <>
      <TextButton kind="plain" icon={PackageOpen} aria-label={t("move.meetingFull")} onPress={() => setOpen(true)}>
        {t("move.meeting")}
      </TextButton>
      <SheetDialog title={t("move.meetingFull")} open={open} onOpenChange={setOpen}>
        <p>{t("move.oneText")}</p>
        <MakePackage meetingId={meeting.id} onDone={close} onCancel={close} />
      </SheetDialog>
    </>
  );
}
