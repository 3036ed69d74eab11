// The summary in plain words and in other languages: made by a language model, marked with what the check found, and never to
// be handed out unread.
import { useState } from "react";
import type { Doubt, Rendition, RenditionKind } from "../../electron/contract.ts";
import type { Summary } from "../../electron/formats.ts";
import { isRightToLeft, renditionKinds } from "../../electron/renditions.ts";
import { Choice } from "../parts/Choice.tsx";
import { CopyButton } from "../parts/CopyButton.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act, ask } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { useLanguageEngine } from "../words/use-engines.ts";
import "./renditions.css";

interface RenditionsProps {
  readonly meetingId: string;
  readonly summary: Summary;
  readonly onClose: () => void;
}

export function Renditions({ meetingId, summary, onClose }: RenditionsProps) {
  const { t, language } = useTexts();
  const engine = useLanguageEngine();
  const mayCopy = useSnapshot("policy").copy;
  const changes = useSnapshot("changes")[meetingId]?.summary ?? 0;
  const { value: made = [] } = useAnswer(meetingId, `renditions ${changes}`, () => ask("renditions.list", meetingId));
  const [picked, setPicked] = useState<RenditionKind | null>(null);
  const [working, setWorking] = useState(false);
  const kinds = renditionKinds.filter((kind) => kind === "plain" || !summary.language.startsWith(kind));
  const kind = picked ?? made[0]?.kind ?? "plain";
  const shown = made.find((one) => one.kind === kind);
  const titleOf = (one: RenditionKind) => (one === "plain" ? t("renditions.plain") : languageName(one, language));
  const make = async () => {
    if (engine === null) return;
    setWorking(true);
    announce(t("renditions.working"));
    if ((await act("renditions.make", meetingId, kind, engine)) !== undefined) announce(t("renditions.done"));
    setWorking(false);
  };
  return (
    <>
      <Choice
        label={t("renditions.which")}
        options={kinds.map((id) => ({ id, title: titleOf(id) }))}
        chosen={kind}
        onChoose={(id) => setPicked(kinds.find((one) => one === id) ?? kind)}
      />
      {shown !== undefined && <RenditionText rendition={shown} summary={summary} />}
      {working && <output>{t("renditions.working")}</output>}
      <div className="form-foot">
        <TextButton kind="plain" onPress={onClose}>
          {t("keys.close")}
        </TextButton>
        {working ? (
          <TextButton kind="outline" onPress={() => void act("language.stop")}>
            {t("engines.stop")}
          </TextButton>
        ) : (
          <TextButton
            kind={shown === undefined ? "primary" : "outline"}
            isDisabled={engine === null}
            onPress={() => void make()}
          >
            {t(shown === undefined ? "renditions.make" : "renditions.again")}
          </TextButton>
        )}
        {shown !== undefined && (
          <>
            {mayCopy && (
              <CopyButton label={t("renditions.copy")} onCopy={() => act("renditions.copy", meetingId, shown.kind)} />
            )}
            <TextButton kind="plain" onPress={() => void act("renditions.remove", meetingId, shown.kind)}>
              {t("renditions.remove")}
            </TextButton>
          </>
        )}
      </div>
      {engine === null && <p className="quiet">{t("renditions.needsModel")}</p>}
    </>
  );
}

/** In the interface's language, with a capital as in a list. */
function languageName(code: string, language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

interface RenditionTextProps {
  readonly rendition: Rendition;
  readonly summary: Summary;
}

function RenditionText({ rendition, summary }: RenditionTextProps) {
  const { t } = useTexts();
  const { language, sections, kind } = rendition;
  const standing = new Set(summary.sections.flatMap(({ items }) => items.map(({ text }) => text)));
  const rendered = new Set(sections.flatMap(({ items }) => items.map(({ of }) => of)));
  const isStanding = (of: string) => [...standing].some((text) => of === text || of.startsWith(`${text} (`));
  const moved =
    [...rendered].some((of) => !isStanding(of)) ||
    [...standing].some((text) => ![...rendered].some((of) => of === text || of.startsWith(`${text} (`)));
  const doubts = sections.flatMap(({ items }) => items).filter((item) => item.doubts.length > 0).length;
  return (
    <>
      <p className="rendition-warning">{t(kind === "plain" ? "renditions.warningPlain" : "renditions.warning")}</p>
      {doubts > 0 && <p className="summary-doubts">{t("renditions.toCheck", { count: doubts })}</p>}
      {moved && <p className="summary-doubts">{t("renditions.moved")}</p>}
      <section
        className="rendition"
        aria-label={t("renditions.text")}
        // It scrolls, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {sections.map((section) => (
          <div key={section.id}>
            <h3 lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"}>
              {section.heading}
            </h3>
            <ul>
              {section.items.map((item) => (
                <li key={`${item.of} ${item.text}`} data-doubted={item.doubts.length > 0 || undefined}>
                  <p lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"}>
                    {item.text}
                  </p>
                  {item.doubts.length > 0 && (
                    <p className="rendition-doubts">
                      {item.doubts.map((doubt) => t(`renditions.doubts.${doubt.code}`, detailOf(doubt))).join(" ")}{" "}
                      <span className="quiet">{t("renditions.of", { text: item.of })}</span>
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    </>
  );
}

const detailOf = ({ detail }: Doubt) => ({ detail });
