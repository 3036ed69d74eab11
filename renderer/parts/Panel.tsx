// A small dialog that floats beside the button that opened it.
// The popover itself is the dialog: a dialog within it would leave the popover's own dismiss buttons outside.
import { type ReactNode, useContext, useId } from "react";
import { OverlayTriggerStateContext } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import "./float.css";

interface PanelProps {
  readonly title: string;
  readonly placement: "bottom start" | "bottom end" | "top start";
  readonly className: string;
  readonly children: (close: () => void) => ReactNode;
}

export function Panel({ title, placement, className, children }: PanelProps) {
  const titleId = useId();
  return (
    <Popover className="float" placement={placement} aria-labelledby={titleId}>
      <div className={className}>
        <h2 id={titleId} className="form-title">
          {title}
        </h2>
        <PanelBody>{children}</PanelBody>
      </div>
    </Popover>
  );
}

function PanelBody({ children }: Pick<PanelProps, "children">) {
  const state = useContext(OverlayTriggerStateContext);
  return children(() => state?.close());
}
