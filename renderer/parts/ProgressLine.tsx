// How far something has come: a thin line that never jumps back, with its words beside it elsewhere.
import { ProgressBar } from "react-aria-components/ProgressBar";
import "./progress-line.css";

interface ProgressLineProps {
  readonly label: string;
  /** 0 to 1. */
  readonly fraction: number;
}

export function ProgressLine({ label, fraction }: ProgressLineProps) {
  return (
    <ProgressBar
      aria-label={label}
      value={fraction}
      maxValue={1}
      formatOptions={{ style: "percent" }}
      className="progress-line"
    >
      <span className="progress-line-done" style={{ inlineSize: `${Math.round(fraction * 1000) / 10}%` }} />
    </ProgressBar>
  );
}
