// What this is, which version, under which licence.
import type { AppInfo } from "../../electron/contract.ts";
import { PrintAnnex } from "../retention/PrintAnnex.tsx";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { NetworkLine } from "./NetworkLine.tsx";
import { SelfTest } from "./SelfTest.tsx";

export function About({ info }: { readonly info: AppInfo }) {
  const { t } = useTexts();
  return (
    <>
      <p className="lead">{t("settings.aboutText")}</p>
      <p className="lead">{t("settings.aboutDraft")}</p>
      <p>
        <a href={addressOf({ view: "help", section: null })}>{t("settings.aboutHelp")}</a>
      </p>
      <NetworkLine />
      <SelfTest />
      <PrintAnnex />
      <p className="quiet">
        {t("settings.version", { version: info.version })} · {t("settings.licence")}
      </p>
    </>
  );
}
