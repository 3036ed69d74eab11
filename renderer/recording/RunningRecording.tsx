// A recording that runs: a clock, a line of sound, three buttons, and what is one step away.
import { Flag, MessageSquareOff, Mic, Pause, PictureInPicture2, Scissors, Square } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { RecordingState } from "../../electron/contract.ts";
import type { MarkKind } from "../../electron/recorded.ts";
import { Field } from "../parts/Field.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import { Hears } from "./Hears.tsx";
import { LevelLine } from "./LevelLine.tsx";
import { LiveTextPane } from "./LiveTextPane.tsx";
import { Regrets } from "./Regrets.tsx";
import { useClock } from "./use-clock.ts";
import { useLowBattery } from "./use-low-battery.ts";

// Spelled out here: the list beside the schemas would bring them into the window.
const markKinds = ["important", "action", "quote", "own"] as const satisfies readonly MarkKind[];

export function RunningRecording({ recording }: { readonly recording: RecordingState }) {
  const { t } = useTexts();
  const heading = useArrival(t("record.running"));
  const { state, notice, microphone } = recording;
  const runs = state === "recording";
  const isSaving = state === "saving";
  const isLow = useLowBattery();

  const pause = (why: "paused" | "off-record") => void act("recording.pause", why);
  const resume = () => void act("recording.resume");
  const mark = (kind: MarkKind, label = "") => void act("recording.mark", kind, label);
  const finish = () => void act("recording.finish");
  useShortcuts({
    p: () => (runs ? pause("paused") : resume()),
    u: () => pause("off-record"),
    1: () => mark("important"),
    2: () => mark("action"),
    3: () => mark("quote"),
  });

  return (
    <main className="record-page running" data-state={state}>
      <h1 ref={heading} tabIndex={-1} className="running-state">
        <span className="running-dot" aria-hidden />
        {t(`record.state.${state}`)}
      </h1>
      <Clock recording={recording} />
      {runs ? <LevelLine /> : <div className="level-line level-still" />}
      {state === "off-record" && <p className="quiet">{t("record.offRecordHint")}</p>}
      {notice !== null && <output className="record-warning">{t(`record.notice.${notice}`, { microphone })}</output>}
      <Hears recording={recording} />
      {isLow && <output className="record-warning">{t("record.battery")}</output>}
      <div className="running-buttons">
        {runs ? (
          <TextButton kind="outline" icon={Pause} onPress={() => pause("paused")}>
            {t("record.pause")}
          </TextButton>
        ) : (
          <TextButton kind="primary" icon={Mic} isDisabled={isSaving} onPress={resume}>
            {t("record.resume")}
          </TextButton>
        )}
        <MarkMenu isDisabled={isSaving} onMark={mark} />
        <TextButton kind={runs ? "primary" : "outline"} icon={Square} isDisabled={isSaving} onPress={finish}>
          {t("record.finish")}
        </TextButton>
      </div>
      <div className="running-more">
        <TextButton
          small
          icon={MessageSquareOff}
          isDisabled={isSaving || state === "off-record"}
          onPress={() => pause("off-record")}
        >
          {t("record.offRecord")}
        </TextButton>
        {[2, 5].map((minutes) => (
          <TextButton
            key={minutes}
            small
            icon={Scissors}
            isDisabled={isSaving}
            onPress={() => void act("recording.strike", minutes)}
          >
            {t("record.strike", { minutes })}
          </TextButton>
        ))}
        <TextButton small icon={PictureInPicture2} onPress={() => void act("recording.mini")}>
          {t("record.mini")}
        </TextButton>
      </div>
      <Regrets recording={recording} />
      <Marks recording={recording} />
      <LiveWords />
    </main>
  );
}

function Clock({ recording }: { readonly recording: RecordingState }) {
  const { t } = useTexts();
  const ms = useClock(recording);
  return (
    <p className="running-clock figures" role="timer" aria-label={t("record.clock")} aria-live="off">
      {clock(ms)}
    </p>
  );
}

interface MarkMenuProps {
  readonly isDisabled: boolean;
  readonly onMark: (kind: MarkKind, label?: string) => void;
}

function MarkMenu({ isDisabled, onMark }: MarkMenuProps) {
  const { t } = useTexts();
  const [naming, setNaming] = useState(false);
  const [label, setLabel] = useState("");
  return (
    <>
      <MenuTrigger>
        <Button className="button button-outline" isDisabled={isDisabled}>
          <Flag size={17} strokeWidth={1.75} aria-hidden />
          {t("record.mark")}
        </Button>
        <Popover className="float" placement="bottom">
          <Menu
            className="menu"
            aria-label={t("record.mark")}
            onAction={(key) => {
              const kind = markKinds.find((known) => known === key) ?? "important";
              if (kind === "own") setNaming(true);
              else onMark(kind);
            }}
          >
            {markKinds.map((kind) => (
              <MenuItem key={kind} id={kind} className="menu-item">
                {t(`record.marks.${kind}`)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <SheetDialog title={t("record.marks.own")} open={naming} onOpenChange={setNaming}>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            onMark("own", label);
            setLabel("");
            setNaming(false);
          }}
        >
          <Field label={t("record.ownLabel")} value={label} maxLength={80} focusFirst onChange={setLabel} />
          <div className="form-foot">
            <TextButton kind="primary" type="submit">
              {t("record.ownAdd")}
            </TextButton>
          </div>
        </form>
      </SheetDialog>
    </>
  );
}

function Marks({ recording: { marks } }: { readonly recording: RecordingState }) {
  const { t } = useTexts();
  if (marks.length === 0) return null;
  return (
    <ul className="running-marks" aria-label={t("record.markList")}>
      {marks.map(({ id, kind, label, atMs }) => {
        const name = t("record.marked", { kind: label || t(`record.marks.${kind}`), time: clock(atMs) });
        return (
          <li key={id}>
            {name}{" "}
            <TextButton
              small
              aria-label={t("record.removeMark", { name })}
              onPress={() => void act("recording.removeMark", id)}
            >
              {t("record.undo")}
            </TextButton>
          </li>
        );
      })}
    </ul>
  );
}

function LiveWords() {
  const { t } = useTexts();
  const text = useSnapshot("liveText");
  const [shown, setShown] = useState(true);
  if (text === null) return null;
  return (
    <div className="running-live">
      <TextButton small onPress={() => setShown(!shown)}>
        {t(shown ? "record.liveHide" : "record.liveShow")}
      </TextButton>
      {shown && <LiveTextPane text={text} />}
    </div>
  );
}
