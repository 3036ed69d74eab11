// A box to tick, with its words.
import { Check } from "lucide-react";
import { Checkbox } from "react-aria-components/Checkbox";
import "./check-box.css";

interface CheckBoxProps {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export function CheckBox({ label, hint, on, onChange }: CheckBoxProps) {
  return (
    <Checkbox className="check" isSelected={on} onChange={onChange}>
      <span className="check-box" aria-hidden>
        {on && <Check size={14} strokeWidth={2.5} />}
      </span>
      <span>
        {label}
        {hint && <span className="quiet"> {hint}</span>}
      </span>
    </Checkbox>
  );
}
