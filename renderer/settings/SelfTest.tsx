// Whether what Lyssna needs is on this machine: tried when asked, told in a list, copied for whoever looks after it.
import { CircleAlert, CircleCheck, Stethoscope } from "lucide-react";
import { useState } from "react";
import { errorSentence } from "../../electron/errors.ts";
import type { Finding } from "../../electron/findings.ts";
import { CopyButton } from "../parts/CopyButton.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import "./self-test.css";

export function SelfTest() {
  const { t } = useTexts();
  const [findings, setFindings] = useState<readonly Finding[] | null>(null);
  const [busy, setBusy] = useState(false);
  const problems = findings?.filter(({ problem }) => problem !== null).length ?? 0;

  const run = async () => {
    setBusy(true);
    const found = await act("app.examine");
    setBusy(false);
    if (found === undefined) return;
    setFindings(found);
    announce(t("selfTest.outcome", { count: found.filter(({ problem }) => problem !== null).length }));
  };

  return (
    <section className="self-test">
      <h3>{t("selfTest.title")}</h3>
      <p className="quiet">{t("selfTest.hint")}</p>
      <div className="self-test-buttons">
        <TextButton kind="outline" icon={Stethoscope} isDisabled={busy} onPress={() => void run()}>
          {t(busy ? "selfTest.busy" : "selfTest.run")}
        </TextButton>
        {findings !== null && <CopyButton label={t("selfTest.copy")} onCopy={() => act("app.copyFindings")} />}
      </div>
      {findings !== null && (
        <>
          <p>{t("selfTest.outcome", { count: problems })}</p>
          <dl className="self-test-list">
            {findings.map((finding) => (
              <Line key={finding.id} finding={finding} />
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

function Line({ finding: { id, value, remark, problem } }: { readonly finding: Finding }) {
  const { t, language } = useTexts();
  const Icon = problem === null ? CircleCheck : CircleAlert;
  return (
    <>
      <dt>{t(`selfTest.of.${id}`)}</dt>
      <dd data-problem={problem !== null || undefined}>
        <Icon size={17} strokeWidth={1.75} aria-label={t(problem === null ? "selfTest.works" : "selfTest.missing")} />
        <span>
          {problem !== null
            ? errorSentence({ code: problem, details: {} }, language)
            : [value, remark === null ? "" : t(`selfTest.remark.${remark}`)].filter((part) => part !== "").join(" · ")}
        </span>
      </dd>
    </>
  );
}
