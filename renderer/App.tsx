// Which view is shown, and what is there in every view: the jobs line, messages, dropping files, shortcuts.
import { useEffect, useEffectEvent, useState } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import type { AppInfo, WantedPassage } from "../electron/contract.ts";
import "./app.css";
import { JobsLine } from "./jobs/JobsLine.tsx";
import { DropTarget } from "./library/DropTarget.tsx";
import { Library } from "./library/Library.tsx";
import { LockScreen } from "./lock/LockScreen.tsx";
import { Notices } from "./parts/Notices.tsx";
import { RecordingLine } from "./recording/RecordingLine.tsx";
import { useRecordingVoice } from "./recording/use-recording-voice.ts";
import { ShortcutOverlay } from "./shortcuts/ShortcutOverlay.tsx";
import { useShortcuts } from "./shortcuts/use-shortcuts.ts";
import { later, readTheRest } from "./later.tsx";
import { afterPaint } from "./state/after-paint.ts";
import { useCell } from "./state/cell.ts";
import { useCopyGuard } from "./state/use-copy-guard.ts";
import { deleting } from "./state/deleting.ts";
import { go, parseAddress, type Route, useAddress } from "./state/route.ts";
import { snapshotCell, useSnapshot, wantAllMeetings } from "./state/snapshots.ts";
import { StoreError } from "./store-error/StoreError.tsx";
import { Tour } from "./tour/Tour.tsx";
import { setLanguage, useTexts } from "./texts/i18n.ts";

const MeetingView = later(async () => (await import("./meeting/MeetingView.tsx")).MeetingView);
const RecordView = later(async () => (await import("./recording/RecordView.tsx")).RecordView);
const SettingsView = later(async () => (await import("./settings/SettingsView.tsx")).SettingsView);
const HelpView = later(async () => (await import("./help/HelpView.tsx")).HelpView);
const TemplatesView = later(async () => (await import("./templates/TemplatesView.tsx")).TemplatesView);
const TemplateView = later(async () => (await import("./templates/TemplateView.tsx")).TemplateView);
const ChooseMeetings = later(async () => (await import("./report/ChooseMeetings.tsx")).ChooseMeetings);
const AskView = later(async () => (await import("./ask/AskView.tsx")).AskView);
const CaseView = later(async () => (await import("./library/CaseView.tsx")).CaseView);
const SummaryWindow = later(async () => (await import("./meeting/SummaryWindow.tsx")).SummaryWindow);
const MiniRecorder = later(async () => (await import("./recording/MiniRecorder.tsx")).MiniRecorder);
const OpenedFileDialog = later(async () => (await import("./move/OpenedFileDialog.tsx")).OpenedFileDialog);
const FirstStart = later(async () => (await import("./first-start/FirstStart.tsx")).FirstStart);

export function App({ info }: { readonly info: AppInfo }) {
  const { interfaceLanguage, theme } = useSnapshot("settings");
  const { locked } = useSnapshot("lock");
  const { language } = useTexts();

  const address = useAddress();

  useEffect(
    () =>
      afterPaint(() => {
        wantAllMeetings();
        // The windows beside it show one view and no other.
        if (!isBeside(parseAddress(window.location.hash))) readTheRest();
      }),
    [],
  );
  useEffect(() => void setLanguage(interfaceLanguage), [interfaceLanguage]);
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);

  return (
    <I18nProvider locale={language === "sv" ? "sv-SE" : "en-GB"}>
      {locked && parseAddress(address).view !== "mini" ? (
        <LockScreen />
      ) : info.storeError === null ? (
        <Views info={info} />
      ) : (
        <StoreError error={info.storeError} backupAt={info.backupAt} />
      )}
    </I18nProvider>
  );
}

const isBeside = ({ view }: Route): boolean => view === "mini" || view === "summary";

function Views({ info }: { readonly info: AppInfo }) {
  const address = useAddress();
  const hidden = useCell(deleting);
  const route = parseAddress(address);
  const first = useFirstStart();
  const opened = useSnapshot("opened");
  useCopyGuard();
  useRecordingVoice();
  useShortcuts({ F1: () => go({ view: "help", section: null }) });
  useWantedPassage(route);
  if (route.view === "mini") return <MiniRecorder />;
  if (route.view === "summary") return <SummaryWindow id={route.id} />;
  const view = address.length < 2 && first ? "first-start" : route.view;

  return (
    <div className="app">
      <div className="app-view">
        {view === "first-start" && <FirstStart />}
        {view === "library" && <Library />}
        {route.view === "case" && <CaseView key={route.reference} reference={route.reference} />}
        {route.view === "record" && <RecordView about={route.about} />}
        {route.view === "new-report" && <ChooseMeetings />}
        {route.view === "ask" && <AskView />}
        {route.view === "settings" && <SettingsView page={route.page} info={info} />}
        {route.view === "help" && <HelpView section={route.section} />}
        {route.view === "templates" && <TemplatesView />}
        {route.view === "template" && (
          <TemplateView key={`${route.id} ${route.version}`} id={route.id} version={route.version} />
        )}
        {route.view === "meeting" && !hidden.has(route.id) && (
          <MeetingView key={route.id} id={route.id} segmentId={route.segmentId} />
        )}
        {route.view === "meeting" && hidden.has(route.id) && <Library />}
      </div>
      {route.view !== "record" && <RecordingLine />}
      <JobsLine />
      <Tour />
      <Notices />
      {opened !== null && <OpenedFileDialog />}
      <DropTarget />
      <ShortcutOverlay />
    </div>
  );
}

/** A window beside it wants to show where something was said: the meeting is opened there. */
function useWantedPassage(route: Route): void {
  const show = useEffectEvent((wanted: WantedPassage) => {
    const isThere = route.view === "meeting" && route.id === wanted.meetingId;
    if (isThere || isBeside(route) || route.view === "record") return;
    go({ view: "meeting", id: wanted.meetingId, segmentId: wanted.segmentId });
  });
  useEffect(() => {
    const cell = snapshotCell("passage");
    return cell.watch(() => {
      const wanted = cell.get();
      if (wanted !== null) show(wanted);
    });
  }, []);
}

/** Whether the app starts with choosing a model. Decided once, so that the page stays while a model is downloaded. */
function useFirstStart(): boolean {
  const models = useSnapshot("models").filter(({ kind }) => kind === "speech");
  const meetings = useSnapshot("meetings");
  const [first, setFirst] = useState<boolean | null>(null);
  if (first === null && models.length > 0) {
    setFirst(meetings.length === 0 && models.every((model) => model.demonstration || model.state !== "installed"));
  }
  return first ?? false;
}
