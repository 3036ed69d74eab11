// The terms as a table: how each is written, what it is, what has been written for it.
import { Pencil, Trash2 } from "lucide-react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Term } from "../../electron/contract.ts";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tell } from "../state/notices.ts";
import { useTexts } from "../texts/i18n.ts";
import { TermForm } from "./TermForm.tsx";

interface TermTableProps {
  readonly terms: readonly Term[];
  readonly onChanged: () => void;
}

export function TermTable({ terms, onChanged }: TermTableProps) {
  const { t } = useTexts();
  const remove = async (term: Term) => {
    if ((await act("glossary.remove", term.id)) === undefined) return;
    onChanged();
    const { text, kind, soundsLike, note } = term;
    const close = tell({
      kind: "done",
      text: t("glossary.removed", { text }),
      action: {
        label: t("meeting.undo"),
        run: () => {
          close();
          void act("glossary.save", { text, kind, soundsLike, note }).then(onChanged);
        },
      },
    });
  };
  return (
    <table className="glossary-table">
      <thead>
        <tr>
          <th scope="col">{t("glossary.word")}</th>
          <th scope="col">{t("glossary.kind")}</th>
          <th scope="col">{t("glossary.soundsLike")}</th>
          <th scope="col">
            <span className="unseen">{t("glossary.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {terms.map((term) => (
          <tr key={term.id}>
            <th scope="row">{term.text}</th>
            <td>{t(`glossary.kinds.${term.kind}`)}</td>
            <td>{(term.soundsLike ?? []).join(", ")}</td>
            <td className="glossary-row-actions">
              <DialogTrigger>
                <TextButton kind="plain" small icon={Pencil} aria-label={t("glossary.editFor", { text: term.text })}>
                  {t("glossary.edit")}
                </TextButton>
                <Panel title={t("glossary.editFor", { text: term.text })} placement="bottom end" className="panel">
                  {(close) => (
                    <TermForm
                      term={term}
                      onDone={(changed) => {
                        close();
                        if (changed) onChanged();
                      }}
                    />
                  )}
                </Panel>
              </DialogTrigger>
              <TextButton
                kind="plain"
                small
                icon={Trash2}
                aria-label={t("glossary.removeFor", { text: term.text })}
                onPress={() => void remove(term)}
              >
                {t("glossary.remove")}
              </TextButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
