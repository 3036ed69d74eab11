// The words of a line that no dictionary knows, each with what it may have been meant to be.
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import type { Spelling } from "./use-spelling.ts";

interface UnknownWordsProps {
  readonly spelling: Spelling;
  /** Another word in the place of every one that is written so. */
  readonly onPut: (word: string, instead: string) => void;
  /** The writing goes on. */
  readonly onDone: () => void;
}

/** More than these are marked in the text, but not listed. */
const mostShown = 6;

export function UnknownWords({ spelling, onPut, onDone }: UnknownWordsProps) {
  const { t } = useTexts();
  const words = [...new Set(spelling.unknown.map(({ text }) => text))].slice(0, mostShown);
  if (words.length === 0) return null;
  return (
    <fieldset className="unknown-words" aria-label={t("spelling.unknown")}>
      <span className="quiet" aria-hidden>
        {t("spelling.unknown")}
      </span>
      {words.map((word) => (
        <UnknownWord key={word} word={word} spelling={spelling} onPut={onPut} onDone={onDone} />
      ))}
    </fieldset>
  );
}

function UnknownWord({ word, spelling, onPut, onDone }: UnknownWordsProps & { readonly word: string }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const add = async () => {
    if ((await act("glossary.save", { text: word, kind: /^\p{Lu}/u.test(word) ? "name" : "term" })) === undefined)
      return;
    spelling.accept(word);
    announce(t("spelling.added", { word }));
    onDone();
  };
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="button button-plain button-small unknown-word" aria-label={t("spelling.wordFull", { word })}>
        {word}
      </Button>
      <Popover className="float line-float" placement="bottom start">
        <Suggestions
          word={word}
          spelling={spelling}
          onPut={(instead) => {
            onPut(word, instead);
            onDone();
          }}
          onAdd={() => void add()}
          onLeave={() => {
            spelling.accept(word);
            onDone();
          }}
        />
      </Popover>
    </MenuTrigger>
  );
}

interface SuggestionsProps extends Pick<UnknownWordsProps, "spelling"> {
  readonly word: string;
  readonly onPut: (instead: string) => void;
  readonly onAdd: () => void;
  readonly onLeave: () => void;
}

function Suggestions({ word, spelling, onPut, onAdd, onLeave }: SuggestionsProps) {
  const { t } = useTexts();
  const { value: suggestions } = useAnswer("spelling", word, () => spelling.suggest(word));
  return (
    <Menu className="menu" aria-label={t("spelling.wordFull", { word })}>
      {suggestions?.map((suggestion) => (
        <MenuItem
          key={suggestion}
          id={`put ${suggestion}`}
          className="menu-item unknown-suggestion"
          textValue={suggestion}
          aria-label={t("spelling.put", { word: suggestion })}
          onAction={() => onPut(suggestion)}
        >
          {suggestion}
        </MenuItem>
      ))}
      {suggestions?.length === 0 && (
        <MenuItem id="none" className="menu-item quiet" isDisabled>
          {t("spelling.none")}
        </MenuItem>
      )}
      <Separator className="menu-line" />
      <MenuItem id="add" className="menu-item" onAction={onAdd}>
        {t("spelling.add")}
      </MenuItem>
      <MenuItem id="leave" className="menu-item" onAction={onLeave}>
        {t("spelling.leave")}
      </MenuItem>
    </Menu>
  );
}
