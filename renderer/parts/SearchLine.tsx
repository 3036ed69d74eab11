// A field to search a page with, for what is found on the page itself.
import { Search } from "lucide-react";
import type { RefObject } from "react";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import "./search-line.css";

interface SearchLineProps {
  readonly label: string;
  readonly value: string;
  readonly field?: RefObject<HTMLInputElement | null>;
  readonly onChange: (value: string) => void;
}

export function SearchLine({ label, value, field, onChange }: SearchLineProps) {
  return (
    <SearchField aria-label={label} value={value} onChange={onChange} className="search-line" maxLength={100}>
      <Search size={16} strokeWidth={1.75} aria-hidden />
      <Input
        {...(field === undefined ? {} : { ref: field })}
        className="search-line-input"
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
      />
    </SearchField>
  );
}
