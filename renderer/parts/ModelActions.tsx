// What can be done with a model, by what state it is in: downloaded, paused, gone on with, used, looked after.
import { Ellipsis } from "lucide-react";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { ModelInfo } from "../../electron/contract.ts";
import { act } from "../state/ask.ts";
import { useMayDownload } from "../state/policy.ts";
import { useTexts } from "../texts/i18n.ts";
import "./float.css";
import { useFixed } from "./FixedWords.tsx";
import { downloadModel, removeModel, updateModel, verifyModel } from "./model-actions.ts";
import type { ModelPurpose } from "./ModelList.tsx";
import { TextButton } from "./TextButton.tsx";

interface ModelActionsProps {
  readonly model: ModelInfo;
  readonly of: ModelPurpose;
  readonly used: boolean;
  readonly keeping: boolean;
}

export function ModelActions({ model, of, used, keeping }: ModelActionsProps) {
  const { t } = useTexts();
  const mayDownload = useMayDownload();
  const isLanguage = of === "language";
  const fixed = useFixed(isLanguage ? "summaryEngine" : "modelId");
  // A language model is an extra: it is used when the person says so.
  const download = () => (model.kind === "speech" ? downloadModel(model.id) : act("models.download", model.id));
  const { id, title, state } = model;
  if (state === "absent") {
    return (
      <TextButton
        kind={model.recommended ? "primary" : "outline"}
        aria-label={t("models.downloadFor", { title })}
        onPress={() => void download()}
      >
        {t("models.download")}
      </TextButton>
    );
  }
  return (
    <>
      {state === "downloading" && (
        <TextButton
          kind="outline"
          aria-label={t("models.pauseFor", { title })}
          onPress={() => void act("models.pauseDownload", id)}
        >
          {t("models.pause")}
        </TextButton>
      )}
      {state === "paused" && mayDownload && (
        <TextButton kind="outline" aria-label={t("models.resumeFor", { title })} onPress={() => void download()}>
          {t("models.resume")}
        </TextButton>
      )}
      {(state === "downloading" || state === "paused") && (
        <TextButton
          kind="plain"
          aria-label={t("models.cancelFor", { title })}
          onPress={() => void act("models.cancelDownload", id)}
        >
          {t("models.cancel")}
        </TextButton>
      )}
      {state === "installed" && !used && fixed === null && (
        <TextButton
          kind="outline"
          aria-label={t("models.useFor", { title })}
          onPress={() => void act("settings.set", isLanguage ? { summaryEngine: id } : { modelId: id })}
        >
          {t("models.use")}
        </TextButton>
      )}
      {state === "damaged" && model.inCatalogue && mayDownload && (
        <TextButton kind="outline" aria-label={t("models.downloadFor", { title })} onPress={() => void download()}>
          {t("models.download")}
        </TextButton>
      )}
      {keeping && !model.demonstration && (state === "installed" || state === "damaged") && <KeepMenu model={model} />}
    </>
  );
}

/** What is seldom wanted of a model that is here. */
function KeepMenu({ model: { id, title, inCatalogue } }: Pick<ModelActionsProps, "model">) {
  const mayDownload = useMayDownload();
  const { t, language } = useTexts();
  const items = [
    { id: "verify", label: t("models.verify"), run: () => verifyModel(id, title, t) },
    ...(inCatalogue && mayDownload
      ? [{ id: "update", label: t("models.update"), run: () => updateModel(id, title, t) }]
      : []),
    { id: "remove", label: t("models.remove"), run: () => removeModel(id, title, t) },
  ];
  return (
    <span lang={language}>
      <MenuTrigger>
        <TextButton kind="plain" icon={Ellipsis} aria-label={t("models.moreFor", { title })}>
          {t("models.more")}
        </TextButton>
        <Popover className="float" placement="bottom end">
          <Menu className="menu">
            {items.map((item) => (
              <MenuItem
                key={item.id}
                id={item.id}
                className="menu-item"
                textValue={item.label}
                onAction={() => void item.run()}
              >
                {item.label}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </span>
  );
}
