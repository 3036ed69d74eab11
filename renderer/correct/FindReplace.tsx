// Find and replace in the transcript: every place is shown as it would become, and can be left out.
import { useMemo, useState } from "react";
import { findIn, type Found, replaceIn } from "../../electron/editing/find-in.ts";
import type { Segment } from "../../electron/formats.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { Field } from "../parts/Field.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import "./correct.css";
import { useCorrecting } from "./use-corrections.ts";

interface FindReplaceProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function FindReplace({ open, onOpenChange }: FindReplaceProps) {
  const { t } = useTexts();
  return (
    <SheetDialog title={t("correct.find.title")} open={open} onOpenChange={onOpenChange}>
      <FindForm onDone={() => onOpenChange(false)} />
    </SheetDialog>
  );
}

/** More than these are replaced all the same, but nobody reads through them. */
const shownPlaces = 100;
const aroundCharacters = 32;

const keyOf = ({ segmentId, start }: Found): string => `${segmentId}:${String(start)}`;

function FindForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTexts();
  const { transcript, replace } = useCorrecting();
  const [wanted, setWanted] = useState("");
  const [replacement, setReplacement] = useState("");
  const [wholeWords, setWholeWords] = useState(true);
  const [matchCase, setMatchCase] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { segments } = transcript;
  const places = useMemo(
    () => findIn(segments, wanted, { wholeWords, matchCase }),
    [segments, wanted, wholeWords, matchCase],
  );
  const byId = useMemo(() => new Map(segments.map((segment) => [segment.id, segment])), [segments]);
  const chosen = places.filter((place) => !left.has(keyOf(place)));
  const toggle = (place: Found, on: boolean) =>
    setLeft(new Set(on ? [...left].filter((key) => key !== keyOf(place)) : [...left, keyOf(place)]));

  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length === 0) return;
        void replace(replaceIn(segments, chosen, replacement.trim()), chosen.length);
        onDone();
      }}
    >
      <Field label={t("correct.find.what")} value={wanted} maxLength={200} focusFirst onChange={setWanted} />
      <Field label={t("correct.find.with")} value={replacement} maxLength={200} onChange={setReplacement} />
      <CheckBox label={t("correct.find.whole")} on={wholeWords} onChange={setWholeWords} />
      <CheckBox label={t("correct.find.case")} on={matchCase} onChange={setMatchCase} />
      {wanted.trim() !== "" && <output>{t("correct.find.count", { count: places.length })}</output>}
      {places.length > 0 && (
        <ul className="find-places" lang={transcript.language} aria-label={t("correct.find.places")}>
          {places.slice(0, shownPlaces).map((place) => (
            <li key={keyOf(place)}>
              <CheckBox
                label={preview(place, byId.get(place.segmentId), replacement.trim())}
                hint={clock(byId.get(place.segmentId)?.startMs ?? 0)}
                on={!left.has(keyOf(place))}
                onChange={(on) => toggle(place, on)}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("correct.cancel")}
        </TextButton>
        <TextButton kind="primary" type="submit" isDisabled={chosen.length === 0}>
          {t("correct.find.do", { count: chosen.length })}
        </TextButton>
      </div>
    </form>
  );
}

/** As it would stand: a few words before, what comes instead, a few after. */
function preview({ start, end }: Found, segment: Segment | undefined, replacement: string): string {
  const text = segment?.text ?? "";
  const before = text.slice(Math.max(0, start - aroundCharacters), start);
  const after = text.slice(end, end + aroundCharacters);
  const cutBefore = start > aroundCharacters ? "…" : "";
  const cutAfter = end + aroundCharacters < text.length ? "…" : "";
  return `${cutBefore}${before}${text.slice(start, end)} → ${replacement || "–"}${after}${cutAfter}`;
}
