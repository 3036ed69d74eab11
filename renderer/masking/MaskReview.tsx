// Everything that is masked, each place with the words around it; what is kept; and a word that was missed.
import { useMemo, useState } from "react";
import type { MaskPlace, Meeting } from "../../electron/contract.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { AddMaskWord } from "./AddMaskWord.tsx";
import { KeptWords } from "./KeptWords.tsx";
import type { Masking } from "./use-masking.ts";

interface MaskReviewProps {
  readonly meeting: Meeting;
  readonly masking: Masking;
  readonly hits: readonly MaskPlace[];
}

export function MaskReview({ meeting, masking, hits }: MaskReviewProps) {
  const { t } = useTexts();
  const [forCase, setForCase] = useState(false);
  const maySave = useSnapshot("policy").exportFormats.length > 0;
  const groups = useMemo(() => [...Map.groupBy(hits, ({ placeholder }) => placeholder)], [hits]);
  const saveKey = async () => {
    const path = await act("masking.saveKey", meeting.id);
    if (path === undefined || path === null) return;
    tellDone(t("masking.keySaved", { file: path.split(/[\\/]/u).at(-1) ?? path }));
  };
  return (
    <>
      {meeting.caseReference !== "" && (
        <CheckBox
          label={t("masking.forCase", { reference: meeting.caseReference })}
          on={forCase}
          onChange={setForCase}
        />
      )}
      <AddMaskWord onAdd={(text, kind) => masking.maskAll(text, kind, forCase)} />
      {groups.length === 0 && <p className="quiet">{t("masking.nothing")}</p>}
      <ul className="mask-groups">
        {groups.map(([name, places]) => (
          <li key={name}>
            <MaskGroup name={name} places={places} masking={masking} forCase={forCase} />
          </li>
        ))}
      </ul>
      <KeptWords masking={masking} forCase={forCase} />
      {maySave && (
        <div className="mask-key">
          <TextButton kind="outline" small onPress={() => void saveKey()}>
            {t("masking.saveKey")}
          </TextButton>
          <p className="quiet">{t("masking.saveKeyHint")}</p>
        </div>
      )}
    </>
  );
}

interface MaskGroupProps {
  readonly name: string;
  readonly places: readonly MaskPlace[];
  readonly masking: Masking;
  readonly forCase: boolean;
}

/** Of a name that stands often only the first places are shown at once. */
const shownAtFirst = 3;

function MaskGroup({ name, places, masking, forCase }: MaskGroupProps) {
  const { t } = useTexts();
  const [all, setAll] = useState(false);
  const forms = [...new Set(places.map(({ text }) => text))];
  const fullest = forms.toSorted((a, b) => b.length - a.length)[0] ?? "";
  const shown = all ? places : places.slice(0, shownAtFirst);
  return (
    <section className="mask-group" aria-label={`${name}, ${fullest}`}>
      <div className="mask-group-head">
        <h3>
          <span className="masked-word">{name}</span> {fullest}
        </h3>
        <span className="quiet">{t("masking.places", { count: places.length })}</span>
        <TextButton
          kind="plain"
          small
          aria-label={t("masking.keepAllFull", { text: fullest })}
          onPress={() => void masking.keepAll(forms, forCase)}
        >
          {t("masking.keepAll")}
        </TextButton>
      </div>
      <ul className="mask-places">
        {shown.map((place) => (
          <li key={`${place.passage} ${String(place.start)}`}>
            <span>
              {place.before}
              <mark>{place.text}</mark>
              {place.after}
            </span>
            {places.length > 1 && (
              <TextButton
                kind="plain"
                small
                aria-label={t("masking.keepHereFull", { text: place.text })}
                onPress={() => void masking.keepHere(place)}
              >
                {t("masking.keepHere")}
              </TextButton>
            )}
          </li>
        ))}
      </ul>
      {!all && places.length > shownAtFirst && (
        <TextButton kind="plain" small onPress={() => setAll(true)}>
          {t("masking.more", { count: places.length - shownAtFirst })}
        </TextButton>
      )}
    </section>
  );
}
