// A box to tick, with its words.
import { Check } from "lucide-react";
import { useId } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import "./check-box.css";
import { FixedWords } from "./FixedWords.tsx";

interface CheckBoxProps {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  /** Who has decided it, where the person cannot: it can be read and not changed. */
  readonly fixed?: string | null;
  readonly onChange: (on: boolean) => void;
}

export function CheckBox({ label, hint, on, fixed = null, onChange }: CheckBoxProps) {
  const fixedId = useId();
  const box = (
    <Checkbox
      className="check"
      isSelected={on}
      isReadOnly={fixed !== null}
      {...(fixed === null ? {} : { "aria-describedby": fixedId })}
      onChange={onChange}
    >
      <span className="check-box" aria-hidden>
        {on && <Check size={14} strokeWidth={2.5} />}
      </span>
      <span>
        {label}
        {hint && <span className="quiet"> {hint}</span>}
      </span>
    </Checkbox>
  );
  if (fixed === null) return box;
  return (
    <div>
      {box}
      <span id={fixedId}>
        <FixedWords>{fixed}</FixedWords>
      </span>
    </div>
  );
}
