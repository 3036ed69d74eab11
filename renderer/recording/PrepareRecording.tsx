// Before a recording: the microphone and whether it hears, what those present were told, and one button.
import { ChevronLeft, Mic } from "lucide-react";
import { useEffect, useState } from "react";
import type { Consent } from "../../electron/recorded.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { Choice } from "../parts/Choice.tsx";
import { ErrorText } from "../parts/ErrorText.tsx";
import { Field } from "../parts/Field.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { announce } from "../state/announce.ts";
import { act, ask } from "../state/ask.ts";
import { useHidden } from "../state/policy.ts";
import { addressOf, go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { ConsentCard } from "./ConsentCard.tsx";
import { MicrophoneCheck } from "./MicrophoneCheck.tsx";
import { measurePreSkip } from "./opus-encoder.ts";
import { closeMicrophone } from "./recorder.ts";
import { currentMicrophone, useMicrophone } from "./use-microphone.ts";

export function PrepareRecording({ about }: { readonly about: string | null }) {
  const { t } = useTexts();
  const settings = useSnapshot("settings");
  const liveTextFixed = useFixed("liveText");
  const liveTextHidden = useHidden("liveText");
  const { consentRequired } = useSnapshot("policy");
  const [system, setSystem] = useState(false);
  const [title, setTitle] = useState("");
  const [people, setPeople] = useState("");
  const [templateId, setTemplateId] = useState("");
  const [consent, setConsent] = useState<Consent | null>(null);
  const [starting, setStarting] = useState(false);
  const heading = useArrival(t("record.title"));
  const hears = useMicrophone();
  const { value: info } = useAnswer("info", "", () => ask("app.info"));
  const { value: templates, error } = useAnswer("templates", "", () => ask("templates.list"));
  const isThoughts = about !== null;

  // What was opened to be checked stays open for the recording, and for nothing else.
  useEffect(() => () => closeUnlessRecording(), []);

  const start = async () => {
    setStarting(true);
    const started = await act("recording.start", {
      kind: isThoughts ? "thoughts" : "meeting",
      about,
      microphone: currentMicrophone()?.label ?? "",
      systemSound: system,
      people: Number(people) >= 1 ? Math.min(50, Math.trunc(Number(people))) : null,
      templateId: templateId || settings.templateId,
      consent,
      title,
      preSkip: await measurePreSkip(),
      liveText: settings.liveText && settings.modelId !== "",
    });
    if (started !== undefined) announce(t("record.started"));
    setStarting(false);
  };
  const mayStart = consent === null ? isThoughts || !consentRequired : consent.answer !== "no";
  const canStart = hears && !starting && mayStart;
  useShortcuts({
    Escape: () => go({ view: "library" }),
    r: () => {
      if (canStart) void start();
    },
  });

  return (
    <main className="page record-page">
      <a className="button button-plain back-link" href={addressOf({ view: "library" })}>
        <ChevronLeft size={17} strokeWidth={1.75} aria-hidden />
        {t("record.back")}
      </a>
      <h1 ref={heading} tabIndex={-1}>
        {isThoughts ? t("record.about.thoughts") : t("record.title")}
      </h1>
      {isThoughts && <p className="lead">{t("record.about.thoughtsHint")}</p>}
      <MicrophoneCheck system={system} />
      {!isThoughts && <ConsentCard consent={consent} system={system} onChange={setConsent} />}
      <div className="record-start">
        <TextButton kind="primary" icon={Mic} isDisabled={!canStart} onPress={() => void start()}>
          {t("record.start")}
        </TextButton>
        <Room />
      </div>
      {!isThoughts && (
        <details className="record-more">
          <summary>{t("record.more")}</summary>
          <div className="form">
            <Field
              label={t("record.name")}
              hint={t("record.nameHint")}
              value={title}
              maxLength={200}
              onChange={setTitle}
            />
            <Field
              label={t("record.people")}
              hint={t("record.peopleHint")}
              value={people}
              maxLength={2}
              onChange={(text) => setPeople(text.replaceAll(/\D/gu, ""))}
            />
            {templates && (
              <Choice
                label={t("record.template")}
                options={templates.map((template) => ({
                  id: template.id,
                  title: template.title,
                  lang: template.language,
                }))}
                chosen={templateId || settings.templateId}
                onChoose={setTemplateId}
              />
            )}
            {settings.modelId !== "" && !liveTextHidden && (
              <CheckBox
                label={t("record.liveText")}
                on={settings.liveText}
                fixed={liveTextFixed}
                onChange={(liveText) => void act("settings.set", { liveText })}
              />
            )}
            {info?.platform === "win32" ? (
              <CheckBox label={t("record.system")} hint={t("record.systemHint")} on={system} onChange={setSystem} />
            ) : (
              <p className="quiet">{t("record.systemElsewhere")}</p>
            )}
            {error && (
              <p role="alert">
                <ErrorText error={error} />
              </p>
            )}
          </div>
        </details>
      )}
    </main>
  );
}

/** The recording that just began has it now. */
function closeUnlessRecording(): void {
  setTimeout(() => {
    if (!currentMicrophone() || window.location.hash.startsWith("#/record")) return;
    closeMicrophone();
  });
}

function Room() {
  const { t } = useTexts();
  const { value: hours } = useAnswer("room", "", () => ask("recording.room"));
  if (hours === undefined || hours === null) return null;
  if (hours < 1) return <p className="record-warning">{t("record.roomLittle")}</p>;
  return <p className="quiet">{hours > 200 ? t("record.roomMuch") : t("record.room", { hours: Math.floor(hours) })}</p>;
}
