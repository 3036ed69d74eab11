// Which microphone, how loud it is, and what three seconds of it tell.
import { useEffect, useState } from "react";
import { Choice } from "../parts/Choice.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useCell } from "../state/cell.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { LevelLine } from "./LevelLine.tsx";
import { listMicrophones, type Microphone } from "./microphones.ts";
import { hearing, openMicrophone } from "./recorder.ts";

export function MicrophoneCheck({ system }: { readonly system: boolean }) {
  const { t } = useTexts();
  const { microphone: wanted } = useSnapshot("settings");
  const now = useCell(hearing);
  const open = now === null || typeof now === "string" ? null : now;
  const all = useMicrophones(open?.microphone.id ?? "");

  useEffect(() => void openMicrophone(wanted, system), [wanted, system]);

  if (now === "denied" || now === "none") {
    return (
      <div className="record-microphone">
        <p role="alert" className="record-warning">
          {t(`record.${now}`)}
        </p>
        <div>
          <TextButton kind="outline" onPress={() => void openMicrophone(wanted, system)}>
            {t("record.tryAgain")}
          </TextButton>
        </div>
      </div>
    );
  }
  const check = open?.check ?? "listening";
  return (
    <div className="record-microphone">
      {open && (
        <Choice
          label={t("record.microphone")}
          options={all.map(({ id, label }, at) => ({ id, title: label || t("record.unnamed", { number: at + 1 }) }))}
          chosen={all.some(({ id }) => id === open.microphone.id) ? open.microphone.id : (all[0]?.id ?? "")}
          onChoose={(id) => {
            const chosen = all.find((microphone) => microphone.id === id);
            if (chosen) void act("settings.set", { microphone: { ...chosen } });
          }}
        />
      )}
      <LevelLine />
      <output className={check === "good" || check === "listening" ? "quiet" : "record-warning"}>
        {open === null ? t("record.opening") : t(`record.check.${check}`)}
      </output>
      {open?.isOther === true && wanted.label !== "" && (
        <p className="record-warning">{t("record.other", { wanted: wanted.label, label: open.microphone.label })}</p>
      )}
    </div>
  );
}

/** Anew when one is plugged in, and when names are told because a microphone was opened. */
function useMicrophones(opened: string): readonly Microphone[] {
  const [all, setAll] = useState<readonly Microphone[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const found = await listMicrophones();
      if (isCurrent) setAll(found);
    };
    const onChange = () => void look();
    onChange();
    navigator.mediaDevices.addEventListener("devicechange", onChange);
    return () => {
      isCurrent = false;
      navigator.mediaDevices.removeEventListener("devicechange", onChange);
    };
    // Names are told once a microphone was opened.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [opened]);
  return all;
}
