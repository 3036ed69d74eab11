// Messages at the foot of the window, and the quiet voice for screen readers.
import { X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { announcement } from "../state/announce.ts";
import { useCell } from "../state/cell.ts";
import { closeNotice, type Notice, notices } from "../state/notices.ts";
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
  return (
    <>
      <span className="notice-text">
        {typeof notice.text === "string" ? notice.text : <ErrorText error={notice.text} />}
      </span>
      {notice.action && <TextButton onPress={notice.action.run}>{notice.action.label}</TextButton>}
      <Button
        className="button button-plain button-round"
        aria-label={t("notices.close")}
        onPress={() => closeNotice(notice.id)}
      >
        <X size={16} aria-hidden />
      </Button>
    </>
  );
}
