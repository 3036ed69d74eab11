// All shortcuts in one place, opened with "?".
import { useState } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import "../parts/float.css";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { ShortcutList } from "./ShortcutList.tsx";
import "./shortcuts.css";
import { useShortcuts } from "./use-shortcuts.ts";

export function ShortcutOverlay() {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  useShortcuts({ "?": () => setOpen(true) });
  return (
    <ModalOverlay isOpen={open} onOpenChange={setOpen} isDismissable className="veil">
      <Modal className="float shortcuts-float">
        <Dialog className="shortcuts-dialog">
          {({ close }) => (
            <>
              <Heading slot="title" level={2} className="shortcuts-heading">
                {t("keys.title")}
              </Heading>
              <ShortcutList />
              <div className="form-foot">
                <TextButton kind="outline" onPress={close}>
                  {t("keys.close")}
                </TextButton>
              </div>
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
