// How many there were: the surest help in telling voices apart.
import { useState } from "react";
import { Field } from "../parts/Field.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";

interface PeopleCountProps {
  readonly meetingId: string;
  readonly count: number;
  readonly onChanged: () => void;
}

export function PeopleCount({ meetingId, count, onChanged }: PeopleCountProps) {
  const { t } = useTexts();
  const [people, setPeople] = useState(String(count));
  const [busy, setBusy] = useState(false);
  const wanted = /^\d{1,2}$/u.test(people.trim()) ? Number(people) : 0;
  const canDo = !busy && wanted >= 1 && wanted <= 50;
  const recount = async () => {
    setBusy(true);
    const moved = await act("voices.count", meetingId, wanted);
    setBusy(false);
    if (moved === undefined) return;
    announce(t("voices.moved", { count: moved }));
    onChanged();
  };
  return (
    <form
      className="voice-count"
      onSubmit={(event) => {
        event.preventDefault();
        if (canDo) void recount();
      }}
    >
      <Field
        label={t("voices.people")}
        hint={t("voices.peopleHint")}
        value={people}
        maxLength={2}
        onChange={setPeople}
      />
      <TextButton kind="outline" type="submit" isDisabled={!canDo}>
        {t("voices.recount")}
      </TextButton>
    </form>
  );
}
