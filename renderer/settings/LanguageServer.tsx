// A server on this machine that summarises too: off until somebody switches it on, tried before it is kept.
import { useState } from "react";
import { serverEngineId } from "../../electron/engine-ids.ts";
import { loopbackServer } from "../../electron/loopback.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { Choice } from "../parts/Choice.tsx";
import { ErrorText } from "../parts/ErrorText.tsx";
import { Field } from "../parts/Field.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useHidden } from "../state/policy.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function LanguageServer() {
  const { t } = useTexts();
  const { languageServer, summaryEngine } = useSnapshot("settings");
  const hidden = useHidden("languageServer");
  const fixed = useFixed("languageServer");
  const [address, setAddress] = useState(languageServer.address);
  const [models, setModels] = useState<readonly string[] | null>(null);
  const [trying, setTrying] = useState(false);
  if (hidden) return null;
  const shown = fixed === null ? address : languageServer.address;
  const isElsewhere = shown.trim() !== "" && loopbackServer(shown) === null;

  const turn = (on: boolean) => {
    void act("settings.set", {
      languageServer: { ...languageServer, on },
      // What is switched off writes no more summaries.
      ...(!on && summaryEngine === serverEngineId ? { summaryEngine: "builtin" } : {}),
    });
  };
  const tryIt = async () => {
    setTrying(true);
    const found = await act("server.models", shown);
    if (found !== undefined && fixed === null) {
      const model = found.includes(languageServer.model) ? languageServer.model : (found[0] ?? "");
      await act("settings.set", { languageServer: { ...languageServer, address: shown.trim(), model } });
    }
    setTrying(false);
    setModels(found ?? null);
  };
  const names = models ?? (languageServer.model === "" ? [] : [languageServer.model]);
  return (
    <section aria-labelledby="server-title" className="settings-part">
      <h3 id="server-title" className="settings-part-title">
        {t("server.title")}
      </h3>
      <p className="quiet">{t("server.hint")}</p>
      <CheckBox label={t("server.use")} on={languageServer.on} fixed={fixed} onChange={turn} />
      {languageServer.on && (
        <>
          <Field
            label={t("server.address")}
            hint={t("server.addressHint")}
            value={shown}
            maxLength={200}
            fixed={fixed}
            onChange={(text) => {
              setAddress(text);
              setModels(null);
            }}
          />
          {isElsewhere && (
            <p>
              <ErrorText error={{ code: "server-not-local", details: {} }} />
            </p>
          )}
          <div className="watched-actions">
            <TextButton
              kind="outline"
              isDisabled={trying || isElsewhere || shown.trim() === ""}
              onPress={() => void tryIt()}
            >
              {t("server.try")}
            </TextButton>
          </div>
          <output className="quiet">
            {trying ? t("server.trying") : models === null ? "" : t("server.answers", { count: models.length })}
          </output>
          {names.length > 0 && (
            <Choice
              label={t("server.model")}
              options={names.map((id) => ({ id, title: id }))}
              chosen={languageServer.model}
              fixed={fixed}
              onChoose={(model) => void act("settings.set", { languageServer: { ...languageServer, model } })}
            />
          )}
        </>
      )}
    </section>
  );
}
