// The meeting as it leaves the app: placeholders in the text, and beside it everything that is masked, for a person to go
// through.
import type { Meeting, MaskView } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { ask } from "../state/ask.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { speakerWords } from "../words/speaker-words.ts";
import { clock } from "../words/time.ts";
import "./masking.css";
import { MaskReview } from "./MaskReview.tsx";
import type { Masking } from "./use-masking.ts";

interface MaskedMeetingProps {
  readonly meeting: Meeting;
  readonly masking: Masking;
  /** Changes when transcript or summary do. */
  readonly version: string;
}

export function MaskedMeeting({ meeting, masking, version }: MaskedMeetingProps) {
  const { t } = useTexts();
  const { value, error } = useAnswer<MaskView>(`masked ${meeting.id}`, `${version} ${String(masking.revision)}`, () =>
    ask("masking.view", meeting.id),
  );
  if (error !== null)
    return (
      <p role="alert" className="pane-words">
        <ErrorText error={error} />
      </p>
    );
  return (
    <div className="masked">
      {/* Both scroll: a keyboard must reach them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="masked-text" tabIndex={0} aria-label={t("masking.title")} aria-busy={value === undefined}>
        <p className="masked-about">{t("masking.about")}</p>
        {value === undefined ? <p className="quiet">{t("masking.wait")}</p> : <MaskedTexts view={value} />}
      </section>
      <section className="masked-review" aria-label={t("masking.review")}>
        <h2>{t("masking.review")}</h2>
        {value !== undefined && <MaskReview meeting={meeting} masking={masking} hits={value.hits} />}
      </section>
    </div>
  );
}

function MaskedTexts({ view }: { readonly view: MaskView }) {
  const { t } = useTexts();
  const { transcript, summary } = view;
  const speakers = speakerWords(transcript, t);
  return (
    <>
      {summary !== null && (
        <section aria-labelledby="masked-summary">
          <h2 id="masked-summary">{t("masking.summary")}</h2>
          <div lang={summary.language}>
            {summary.sections
              .filter(({ items }) => items.length > 0)
              .map((section) => (
                <section key={section.id} aria-label={section.heading}>
                  <h3>{section.heading}</h3>
                  {section.items.map((item, at) => (
                    // Its place is all that tells two equal sentences apart.
                    // oxlint-disable-next-line react/no-array-index-key
                    <p key={at}>
                      <WithPlaceholders text={item.text} />
                    </p>
                  ))}
                </section>
              ))}
          </div>
        </section>
      )}
      {transcript.segments.length > 0 && (
        <section aria-labelledby="masked-transcript">
          <h2 id="masked-transcript">{t("masking.transcript")}</h2>
          <div lang={transcript.language}>
            {transcript.segments.map((segment) => (
              <p key={segment.id} className="masked-line">
                <span className="quiet figures">{clock(segment.startMs)}</span>{" "}
                {segment.speaker !== undefined && (
                  <span className="masked-speaker">{speakers.get(segment.speaker)?.name ?? segment.speaker}: </span>
                )}
                <WithPlaceholders text={segment.text} />
              </p>
            ))}
          </div>
        </section>
      )}
    </>
  );
}

const placeholder = /(\[\p{Lu}{2,14}_\d{1,6}\])/u;

function WithPlaceholders({ text }: { readonly text: string }) {
  return text.split(placeholder).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // Its place is all that tells two equal placeholders apart.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={at} className="masked-word">
        {part}
      </span>
    ),
  );
}
