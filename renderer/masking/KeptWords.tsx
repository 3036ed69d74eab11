// What a person decided: words that are kept, single places that are kept, words that were added. All of it can be undone.
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import type { Masking } from "./use-masking.ts";

export function KeptWords({ masking, forCase }: { readonly masking: Masking; readonly forCase: boolean }) {
  const { t } = useTexts();
  const { choice, caseWords } = masking;
  const kept = [...new Set([...choice.never, ...caseWords.never])];
  const places = choice.places.filter(({ isMasked }) => !isMasked);
  const added = [...new Set([...choice.always, ...caseWords.always].map(({ text }) => text))];
  return (
    <>
      {kept.length + places.length > 0 && (
        <section aria-labelledby="mask-kept">
          <h3 id="mask-kept">{t("masking.kept")}</h3>
          <ul className="mask-places">
            {kept.map((text) => (
              <li key={text}>
                <span>{text}</span>
                <TextButton
                  kind="plain"
                  small
                  aria-label={t("masking.maskAgainFull", { text })}
                  onPress={() => void masking.maskAll(text, null, forCase)}
                >
                  {t("masking.maskAgain")}
                </TextButton>
              </li>
            ))}
            {places.map((place) => (
              <li key={`${place.passage} ${String(place.start)}`}>
                <span>
                  {place.text} <span className="quiet">{t("masking.keptHere")}</span>
                </span>
                <TextButton
                  kind="plain"
                  small
                  aria-label={t("masking.maskHereFull", { text: place.text })}
                  onPress={() => void masking.maskHere(place)}
                >
                  {t("masking.maskHere")}
                </TextButton>
              </li>
            ))}
          </ul>
        </section>
      )}
      {added.length > 0 && (
        <section aria-labelledby="mask-added">
          <h3 id="mask-added">{t("masking.added")}</h3>
          <ul className="mask-places">
            {added.map((text) => (
              <li key={text}>
                <span>{text}</span>
                <TextButton
                  kind="plain"
                  small
                  aria-label={t("masking.removeFull", { text })}
                  onPress={() => void masking.forget(text)}
                >
                  {t("masking.remove")}
                </TextButton>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
