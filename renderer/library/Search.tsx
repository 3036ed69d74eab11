// The search field on top of the library, focused by "/".
import { Search as SearchIcon, X } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import { useCell } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import { searchText } from "./search-text.ts";

export function Search({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  const { t } = useTexts();
  const query = useCell(searchText);
  return (
    <SearchField
      aria-label={t("library.search")}
      value={query}
      onChange={(value) => searchText.set(value)}
      className="search"
      maxLength={200}
    >
      <SearchIcon size={18} strokeWidth={1.75} aria-hidden className="search-icon" />
      <Input
        ref={field}
        className="search-input"
        placeholder={t("library.search")}
        spellCheck={false}
        autoComplete="off"
      />
      {query === "" ? (
        <kbd className="key" aria-hidden>
          /
        </kbd>
      ) : (
        <Button className="button button-plain button-round" aria-label={t("library.searchClear")}>
          <X size={16} aria-hidden />
        </Button>
      )}
    </SearchField>
  );
}
