// One choice out of few, all of them in sight.
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Text } from "react-aria-components/Text";
import { Label } from "react-aria-components/TextField";
import { FixedWords } from "../parts/FixedWords.tsx";

interface OptionsProps<Id extends string> {
  readonly label: string;
  readonly description?: string;
  readonly options: readonly { readonly id: Id; readonly title: string; readonly lang?: string }[];
  readonly chosen: Id;
  /** Who has decided it, where the person cannot: it can be read and not changed. */
  readonly fixed?: string | null;
  readonly onChoose: (id: Id) => void;
}

export function Options<Id extends string>({
  label,
  description,
  options,
  chosen,
  fixed = null,
  onChoose,
}: OptionsProps<Id>) {
  const choose = (value: string) => {
    const option = options.find(({ id }) => id === value);
    if (option) onChoose(option.id);
  };
  return (
    <RadioGroup className="options" value={chosen} isReadOnly={fixed !== null} onChange={choose}>
      <Label className="options-label">{label}</Label>
      {options.map(({ id, title, lang }) => (
        <Radio key={id} value={id} className="option">
          <span className="option-dot" aria-hidden />
          <span lang={lang}>{title}</span>
        </Radio>
      ))}
      {(description || fixed !== null) && (
        <Text slot="description" className="options-description quiet">
          {description}
          {fixed !== null && <FixedWords>{fixed}</FixedWords>}
        </Text>
      )}
    </RadioGroup>
  );
}
