// Messages at the foot of the window, and the quiet voice for screen readers.
import { X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { announcement } from "../state/announce.ts";
import { useCell } from "../state/cell.ts";
import { closeNotice, type Notice, notices } from "../state/notices.ts";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { ErrorText } from "./ErrorText.tsx";
import "./notices.css";
import { TextButton } from "./TextButton.tsx";

export function Notices() {
  const { t } = useTexts();
  const shown = useCell(notices);
  const said = useCell(announcement);
  return (
    <>
      <section aria-label={t("notices.label")} className="notices">
        {shown.map((notice) =>
          notice.kind === "error" ? (
            <div key={notice.id} role="alert" className="notice" data-kind="error">
              <NoticeWords notice={notice} />
            </div>
          ) : (
            <output key={notice.id} className="notice">
              <NoticeWords notice={notice} />
            </output>
          ),
        )}
      </section>
      <output className="unseen">{said}</output>
    </>
  );
}

function NoticeWords({ notice }: { readonly notice: Notice }) {
  const { t } = useTexts();
  // The button goes with the notice: the focus goes on to the view's heading.
  const leave = () => document.querySelector("h1")?.focus({ preventScroll: true });
  const close = () => {
    closeNotice(notice.id);
    leave();
  };
  const act = () => {
    notice.action?.run();
    leave();
  };
  return (
    <>
      <span className="notice-text">
        {typeof notice.text === "string" ? notice.text : <ErrorText error={notice.text} />}
      </span>
      {typeof notice.text !== "string" && notice.text.code.startsWith("model-") && (
        <a href={addressOf({ view: "first-start" })}>{t("library.chooseModel")}</a>
      )}
      {notice.action && <TextButton onPress={act}>{notice.action.label}</TextButton>}
      <Button className="button button-plain button-round" aria-label={t("notices.close")} onPress={close}>
        <X size={16} aria-hidden />
      </Button>
    </>
  );
}
