// Some lines of text with their label.
import type { ClipboardEvent } from "react";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { Label, TextField } from "react-aria-components/TextField";
import { FixedWords } from "./FixedWords.tsx";
import "./float.css";
import "./long-field.css";

interface LongFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly maxLength: number;
  /** Who has decided it, where the person cannot: it can be read and not changed. */
  readonly fixed?: string | null;
  readonly rows?: number;
  readonly focusFirst?: boolean;
  readonly onChange: (value: string) => void;
  /** Ctrl+Enter and Escape. */
  readonly onSave?: () => void;
  readonly onLeave?: () => void;
  readonly onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
}

export function LongField({
  label,
  hint,
  value,
  maxLength,
  fixed = null,
  rows = 3,
  focusFirst = false,
  onChange,
  onSave,
  onLeave,
  onPaste,
}: LongFieldProps) {
  return (
    <TextField
      className="field"
      value={value}
      maxLength={maxLength}
      isReadOnly={fixed !== null}
      // A dialog that was just opened begins in its field; closing it gives the focus back.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={focusFirst}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key === "Escape" && onLeave) onLeave();
        else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && onSave) onSave();
        else event.continuePropagation();
      }}
    >
      <Label className="field-label">{label}</Label>
      <TextArea
        className="field-input long-field-input"
        rows={rows}
        spellCheck={false}
        {...(onPaste === undefined ? {} : { onPaste })}
      />
      {(hint || fixed !== null) && (
        <Text slot="description" className="field-hint">
          {fixed === null ? hint : <FixedWords>{fixed}</FixedWords>}
        </Text>
      )}
    </TextField>
  );
}
