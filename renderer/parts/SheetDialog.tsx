// A dialog in front of the page, for what needs an answer before one goes on.
import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import "./float.css";
import "./sheet-dialog.css";

interface SheetDialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** For a question that must not be closed by a press beside it. */
  readonly asks?: boolean;
  readonly children: ReactNode;
}

export function SheetDialog({ title, open, onOpenChange, asks = false, children }: SheetDialogProps) {
  return (
    <ModalOverlay isOpen={open} onOpenChange={onOpenChange} isDismissable={!asks} className="sheet-veil">
      <Modal className="float sheet-float">
        <Dialog className="sheet-dialog" role={asks ? "alertdialog" : "dialog"}>
          <Heading slot="title" level={2} className="sheet-title">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
