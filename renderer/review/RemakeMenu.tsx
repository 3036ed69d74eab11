// One heading made anew from the talk: shorter, longer, word for word; or by a language model, also in other words. The other
// headings stay as they are.
import { RefreshCw } from "lucide-react";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { SummarySection } from "../../electron/formats.ts";
import { type RewriteWay, rewriteWays } from "../../electron/rewrite-ways.ts";
import "../parts/float.css";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { useTexts } from "../texts/i18n.ts";
import { useLanguageEngine } from "../words/use-engines.ts";
import type { RemakeOptions, Review } from "./use-review.ts";

const ways = {
  again: { length: "normal", quotes: false },
  shorter: { length: "short", quotes: false },
  longer: { length: "long", quotes: false },
  quoted: { length: "normal", quotes: true },
} as const satisfies Readonly<Record<string, RemakeOptions>>;
const names = Object.keys(ways) as readonly (keyof typeof ways)[];

interface RemakeMenuProps {
  readonly review: Review;
  readonly section: SummarySection;
}

export function RemakeMenu({ review, section }: RemakeMenuProps) {
  const { t, language } = useTexts();
  const engine = useLanguageEngine();
  const remake = async (name: keyof typeof ways) => {
    if (await review.remake(section.id, ways[name])) announce(t("review.remade"));
  };
  const rewrite = async (way: RewriteWay, by: string) => {
    announce(t("review.rewriting"));
    if (await review.rewrite(section.id, { way, engine: by })) announce(t("review.remade"));
  };
  const hasSentences = section.items.some(({ origin }) => origin !== "person");
  // What stands there can only be put in other words where something stands there.
  const byModel = engine === null ? [] : rewriteWays.filter((way) => way === "again" || hasSentences);
  return (
    <span lang={language}>
      <MenuTrigger>
        <TextButton
          kind="plain"
          small
          icon={RefreshCw}
          aria-label={t("review.remakeHeading", { heading: section.heading })}
        >
          {t("review.remake")}
        </TextButton>
        <Popover className="float" placement="bottom end">
          <Menu className="menu">
            {names.map((name) => (
              <MenuItem
                key={name}
                id={name}
                className="menu-item"
                textValue={t(`review.ways.${name}`)}
                onAction={() => void remake(name)}
              >
                {t(`review.ways.${name}`)}
              </MenuItem>
            ))}
            {byModel.map((way) => (
              <MenuItem
                key={`model-${way}`}
                id={`model-${way}`}
                className="menu-item"
                textValue={t(`review.modelWays.${way}`)}
                onAction={() => engine !== null && void rewrite(way, engine)}
              >
                {t(`review.modelWays.${way}`)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </span>
  );
}
