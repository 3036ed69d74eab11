// The folder that is watched: chosen, shown, let go.
import { useState } from "react";
import { CheckBox } from "../parts/CheckBox.tsx";
import { FixedWords, useFixed } from "../parts/FixedWords.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function WatchedFolder() {
  const { t } = useTexts();
  const { watchedFolder, offerOriginals } = useSnapshot("settings");
  const fixed = useFixed("watchedFolder");
  /** Files that lay there when it was chosen. */
  const [there, setThere] = useState(0);
  const choose = async () => setThere((await act("watched.choose")) ?? there);
  return (
    <section aria-labelledby="watched-title" className="settings-part">
      <h3 id="watched-title" className="settings-part-title">
        {t("watched.title")}
      </h3>
      <p className="quiet">{t("watched.hint")}</p>
      <p className="watched-folder">{watchedFolder === "" ? t("watched.none") : watchedFolder}</p>
      {watchedFolder !== "" && there > 0 && <output>{t("watched.there", { count: there })}</output>}
      {fixed !== null && <FixedWords>{fixed}</FixedWords>}
      <div className="watched-actions">
        {fixed === null && (
          <TextButton kind="outline" onPress={() => void choose()}>
            {t("watched.choose")}
          </TextButton>
        )}
        {watchedFolder !== "" && there > 0 && (
          <TextButton
            kind="outline"
            onPress={() => {
              setThere(0);
              void act("watched.takeAll");
            }}
          >
            {t("watched.takeAll", { count: there })}
          </TextButton>
        )}
        {watchedFolder !== "" && fixed === null && (
          <TextButton kind="plain" onPress={() => void act("watched.stop")}>
            {t("watched.stop")}
          </TextButton>
        )}
      </div>
      <CheckBox
        label={t("originals.setting")}
        on={offerOriginals}
        fixed={useFixed("offerOriginals")}
        onChange={(on) => void act("settings.set", { offerOriginals: on })}
      />
    </section>
  );
}
