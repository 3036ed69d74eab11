// The person's own words: names, places and terms that a recogniser mishears. Looked through, added to, shared as a file.
import { FolderInput, FileOutput, Plus } from "lucide-react";
import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Term } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { Panel } from "../parts/Panel.tsx";
import { SearchLine } from "../parts/SearchLine.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act, ask } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import "./glossary.css";
import { TermForm } from "./TermForm.tsx";
import { TermTable } from "./TermTable.tsx";

/** So many rows are drawn; the rest are found by searching. */
const mostShown = 200;

export function Glossary() {
  const { t } = useTexts();
  const [changes, setChanges] = useState(0);
  const [sought, setSought] = useState("");
  const { value: terms, error } = useAnswer("glossary", `${changes}`, () => ask("glossary.list"));
  const reload = () => setChanges((count) => count + 1);
  const found = (terms ?? []).filter((term) => holds(term, sought));

  const importFile = async () => {
    const answer = await act("glossary.import");
    if (answer === undefined || answer === null) return;
    tellDone(t("glossary.imported", { added: answer.added, changed: answer.changed }));
    reload();
  };
  const exportFile = async () => {
    const path = await act("glossary.export");
    if (path !== undefined && path !== null) tellDone(t("export.saved", { file: path.split(/[\\/]/u).at(-1) ?? path }));
  };

  return (
    <>
      <p className="quiet glossary-hint">{t("glossary.hint")}</p>
      <div className="glossary-actions">
        <DialogTrigger>
          <TextButton kind="outline" icon={Plus}>
            {t("glossary.add")}
          </TextButton>
          <Panel title={t("glossary.add")} placement="bottom start" className="panel">
            {(close) => (
              <TermForm
                onDone={(changed) => {
                  close();
                  if (changed) reload();
                }}
              />
            )}
          </Panel>
        </DialogTrigger>
        <TextButton kind="plain" icon={FolderInput} onPress={() => void importFile()}>
          {t("glossary.import")}
        </TextButton>
        {terms !== undefined && terms.length > 0 && (
          <TextButton kind="plain" icon={FileOutput} onPress={() => void exportFile()}>
            {t("glossary.export")}
          </TextButton>
        )}
      </div>
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {terms !== undefined && terms.length === 0 && <p>{t("glossary.empty")}</p>}
      {terms !== undefined && terms.length > 0 && (
        <>
          <SearchLine label={t("glossary.find")} value={sought} onChange={setSought} />
          {found.length === 0 ? (
            <output>{t("glossary.noHits")}</output>
          ) : (
            <TermTable terms={found.slice(0, mostShown)} onChanged={reload} />
          )}
          {found.length > mostShown && (
            <p className="quiet">{t("glossary.shown", { shown: mostShown, count: found.length })}</p>
          )}
        </>
      )}
    </>
  );
}

function holds({ text, soundsLike = [], note = "" }: Term, sought: string): boolean {
  const words = sought.trim().toLowerCase();
  return [text, note, ...soundsLike].some((own) => own.toLowerCase().includes(words));
}
