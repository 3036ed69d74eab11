// A line of text with its label.
import { Input } from "react-aria-components/Input";
import { Text } from "react-aria-components/Text";
import { Label, TextField } from "react-aria-components/TextField";
import { FixedWords } from "./FixedWords.tsx";
import "./float.css";

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly maxLength: number;
  /** Who has decided it, where the person cannot: it can be read and not changed. */
  readonly fixed?: string | null;
  readonly required?: boolean;
  readonly focusFirst?: boolean;
  readonly onChange: (value: string) => void;
}

export function Field({
  label,
  hint,
  value,
  maxLength,
  fixed = null,
  required = false,
  focusFirst = false,
  onChange,
}: FieldProps) {
  return (
    <TextField
      className="field"
      value={value}
      maxLength={maxLength}
      isReadOnly={fixed !== null}
      isRequired={required}
      // A small form that was just opened begins in its first field; closing it gives the focus back.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={focusFirst}
      onChange={onChange}
    >
      <Label className="field-label">{label}</Label>
      <Input className="field-input" spellCheck={false} autoComplete="off" />
      {(hint || fixed !== null) && (
        <Text slot="description" className="field-hint">
          {fixed === null ? hint : <FixedWords>{fixed}</FixedWords>}
        </Text>
      )}
    </TextField>
  );
}
