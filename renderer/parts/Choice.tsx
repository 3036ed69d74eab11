// One choice out of many, as a list that opens.
import { Check, ChevronDown } from "lucide-react";
import type { Key } from "react-aria-components";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { Label, TextField } from "react-aria-components/TextField";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select, SelectValue } from "react-aria-components/Select";
import { Text } from "react-aria-components/Text";
import "./choice.css";
import { FixedWords } from "./FixedWords.tsx";
import "./float.css";

export interface ChoiceOption {
  readonly id: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** The language of the words, where it may be another than the interface's. */
  readonly lang?: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly description?: string;
  readonly options: readonly ChoiceOption[];
  readonly chosen: string;
  /** Who has decided it, where the person cannot: it can be read and not changed. */
  readonly fixed?: string | null;
  readonly onChoose: (id: string) => void;
}

export function Choice({ label, description, options, chosen, fixed = null, onChoose }: ChoiceProps) {
  if (fixed !== null) {
    const title = options.find(({ id }) => id === chosen)?.title ?? chosen;
    return (
      // A list that opens and lets one choose nothing would be a door painted on a wall.
      <TextField className="choice" value={title} isReadOnly>
        <Label className="choice-label">{label}</Label>
        <Input className="field-input" />
        <Text slot="description" className="choice-description">
          <FixedWords>{fixed}</FixedWords>
        </Text>
      </TextField>
    );
  }
  const choose = (key: Key | null) => {
    if (key !== null) onChoose(String(key));
  };
  return (
    <Select className="choice" value={chosen} onChange={choose}>
      <Label className="choice-label">{label}</Label>
      <Button className="button button-outline button-plain choice-button">
        <SelectValue className="choice-value">
          {({ defaultChildren, selectedText }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      {description && (
        <Text slot="description" className="choice-description">
          {description}
        </Text>
      )}
      <Popover className="float choice-popover" placement="bottom start">
        <ListBox className="choice-list" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.title} className="choice-option">
              {({ isSelected }) => (
                <>
                  <Check size={16} aria-hidden className="choice-check" data-shown={isSelected || undefined} />
                  <span lang={option.lang}>
                    <span>{option.title}</span>
                    {option.description && <span className="choice-option-description"> {option.description}</span>}
                  </span>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
