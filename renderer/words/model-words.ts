// What is told of a model in words: how a download goes, how long an hour's meeting takes. Pure.
import type { ModelInfo } from "../../electron/contract.ts";
import type { InterfaceLanguage } from "../../electron/formats.ts";
import type { Translate } from "../texts/i18n.ts";
import { sizeInWords, speedInWords } from "./size.ts";
import { lengthInWords, timeLeft } from "./time.ts";

/** Short facts, for one line. */
export function modelFacts(model: ModelInfo, t: Translate, language: InterfaceLanguage): readonly string[] {
  const size = (bytes: number) => sizeInWords(bytes, language);
  return [
    model.state === "absent" ? t("models.size", { size: size(model.sizeBytes) }) : t(`models.state.${model.state}`),
    ...downloadFacts(model, t, language),
    model.memoryBytes > 0 ? t("models.memory", { size: size(model.memoryBytes) }) : "",
    model.licence === "" ? "" : t("models.licence", { licence: model.licence }),
  ].filter((fact) => fact !== "");
}

function downloadFacts({ download }: ModelInfo, t: Translate, language: InterfaceLanguage): readonly string[] {
  if (download === null) return [];
  if (download.totalBytes === 0) return [download.waiting ? t("models.waiting") : ""];
  const { doneBytes, totalBytes, bytesPerSecond, running, waiting } = download;
  const percent = Math.floor((doneBytes / totalBytes) * 100);
  const [done, total] = [sizeInWords(doneBytes, language), sizeInWords(totalBytes, language)];
  return [
    t("models.arrived", { percent, done, total }),
    waiting ? t("models.waiting") : "",
    bytesPerSecond !== null && bytesPerSecond > 0 ? speedInWords(bytesPerSecond, language) : "",
    running && !waiting && download.leftMs !== null ? timeLeft(download.leftMs, t) : "",
  ];
}

/** Null where nothing is known. */
export function hourInWords({ hour, kind }: ModelInfo, t: Translate): string | null {
  if (hour === null) return null;
  const minuteMs = 60_000;
  // Nobody plans by single minutes of an hour's work, and it is not known so exactly.
  const stepMs = hour.ms > 20 * minuteMs ? 5 * minuteMs : minuteMs;
  const length = lengthInWords(Math.max(minuteMs, Math.ceil(hour.ms / stepMs) * stepMs), t);
  if (kind === "language") return t("models.hourSummary", { length });
  return t(hour.from === "measured" ? "models.hour" : "models.hourReckoned", { length });
}
