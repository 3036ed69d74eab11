// A passphrase with its label: hidden, or shown while one wants to see what one types.
import { useState } from "react";
import { Input } from "react-aria-components/Input";
import { Text } from "react-aria-components/Text";
import { Label, TextField } from "react-aria-components/TextField";
import { useTexts } from "../texts/i18n.ts";
import "./float.css";
import "./secret-field.css";
import { TextButton } from "./TextButton.tsx";

interface SecretFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly focusFirst?: boolean;
  readonly onChange: (value: string) => void;
}

export function SecretField({ label, hint, value, focusFirst = false, onChange }: SecretFieldProps) {
  const { t } = useTexts();
  const [seen, setSeen] = useState(false);
  return (
    <TextField
      className="field"
      value={value}
      maxLength={200}
      type={seen ? "text" : "password"}
      // The one thing to do here.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={focusFirst}
      onChange={onChange}
    >
      <Label className="field-label">{label}</Label>
      <span className="secret-line">
        <Input className="field-input secret-input" spellCheck={false} autoComplete="off" />
        <TextButton kind="plain" small aria-pressed={seen} onPress={() => setSeen(!seen)}>
          {t("lock.show")}
        </TextButton>
      </span>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </TextField>
  );
}
