// Settings: ten short pages. Every choice holds at once; there is nothing to save.
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { BackToLibrary } from "../parts/BackToLibrary.tsx";
import type { AppInfo } from "../../electron/contract.ts";
import { LockSettings } from "../lock/LockSettings.tsx";
import { MoveSettings } from "../move/MoveSettings.tsx";
import { EventLogPage } from "../retention/EventLogPage.tsx";
import { RetentionSettings } from "../retention/RetentionSettings.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { ShortcutList } from "../shortcuts/ShortcutList.tsx";
import { addressOf, go, type SettingsPage, settingsPages } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { About } from "./About.tsx";
import { Conversations } from "./Conversations.tsx";
import { General } from "./General.tsx";
import { Glossary } from "./Glossary.tsx";
import { Models } from "./Models.tsx";
import "./settings.css";

export function SettingsView({ page, info }: { readonly page: SettingsPage; readonly info: AppInfo }) {
  const { t } = useTexts();
  const heading = useArrival(t("settings.title"));
  const { hiddenPages } = useSnapshot("policy");
  const shown = settingsPages.filter((id) => !hiddenPages.some((hidden) => hidden === id));
  useShortcuts({ Escape: () => go({ view: "library" }) });
  const pages: Record<SettingsPage, ReactNode> = {
    general: <General />,
    conversations: <Conversations />,
    models: <Models />,
    glossary: <Glossary />,
    lock: <LockSettings />,
    retention: <RetentionSettings />,
    log: <EventLogPage />,
    move: <MoveSettings />,
    keys: <ShortcutList />,
    about: <About info={info} />,
  };
  const open = (key: unknown) => {
    const next = shown.find((id) => id === key);
    // Going through the pages is not a way one wants to walk back, page by page.
    if (next) window.location.replace(addressOf({ view: "settings", page: next }));
  };
  return (
    <main className="page settings">
      <BackToLibrary label={t("settings.back")} />
      <h1 ref={heading} tabIndex={-1}>
        {t("settings.title")}
      </h1>
      <Tabs className="settings-tabs" selectedKey={shown.includes(page) ? page : "general"} onSelectionChange={open}>
        <TabList className="settings-list" aria-label={t("settings.title")}>
          {shown.map((id) => (
            <Tab key={id} id={id} className="settings-tab">
              {t(`settings.${id}`)}
            </Tab>
          ))}
        </TabList>
        {shown.map((id) => (
          <TabPanel key={id} id={id} className="settings-page">
            <h2 className="unseen">{t(`settings.${id}`)}</h2>
            {pages[id]}
          </TabPanel>
        ))}
      </Tabs>
    </main>
  );
}
