// One term: how it is written, what it is, what was written for it before, and a note for those who share the list.
import { useState } from "react";
import type { Term } from "../../electron/contract.ts";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";

type Kind = Term["kind"];

// Spelled out here: the format's own list would bring its schemas into the window.
const kinds = ["name", "place", "term", "abbreviation"] as const satisfies readonly Kind[];

interface TermFormProps {
  /** Without one, a new term is made. */
  readonly term?: Term;
  readonly onDone: (changed: boolean) => void;
}

export function TermForm({ term, onDone }: TermFormProps) {
  const { t } = useTexts();
  const [text, setText] = useState(term?.text ?? "");
  const [kind, setKind] = useState<Kind>(term?.kind ?? "name");
  const [soundsLike, setSoundsLike] = useState((term?.soundsLike ?? []).join(", "));
  const [note, setNote] = useState(term?.note ?? "");
  const save = async () => {
    if (text.trim() === "") return;
    const heard = soundsLike.split(",").map((words) => words.trim());
    const answer = await act("glossary.save", {
      ...(term === undefined ? {} : { id: term.id }),
      text: text.trim(),
      kind,
      soundsLike: [...new Set(heard)].filter((words) => words !== "").slice(0, 50),
      note: note.trim(),
    });
    if (answer !== undefined) onDone(true);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t("glossary.word")}
        hint={t("glossary.wordHint")}
        value={text}
        maxLength={100}
        required
        focusFirst
        onChange={setText}
      />
      <Choice
        label={t("glossary.kind")}
        options={kinds.map((id) => ({ id, title: t(`glossary.kinds.${id}`) }))}
        chosen={kind}
        onChoose={(id) => setKind(kinds.find((known) => known === id) ?? kind)}
      />
      <Field
        label={t("glossary.soundsLike")}
        hint={t("glossary.soundsLikeHint")}
        value={soundsLike}
        maxLength={1000}
        onChange={setSoundsLike}
      />
      <Field label={t("glossary.note")} value={note} maxLength={500} onChange={setNote} />
      <div className="form-foot">
        <TextButton kind="plain" onPress={() => onDone(false)}>
          {t("meeting.cancel")}
        </TextButton>
        <TextButton kind="outline" type="submit">
          {t("meeting.save")}
        </TextButton>
      </div>
    </form>
  );
}
