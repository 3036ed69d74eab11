// The annex as headings and their contents, each sentence chosen by the configuration. Values in, values out. Runs anywhere
// under Node.
import { IntlMessageFormat } from "intl-messageformat";
import type { InterfaceLanguage } from "../../formats.ts";
import { type PartRule, retentionParts, type RetentionRule } from "../../retention-rules.ts";
import type { AnnexFacts } from "./facts.ts";
import en from "./texts/en.json" with { type: "json" };
import sv from "./texts/sv.json" with { type: "json" };

type Texts = typeof sv;
const texts: Readonly<Record<InterfaceLanguage, Texts>> = { sv, en };
type Line = { [Key in keyof Texts]: Texts[Key] extends string ? Key : never }[keyof Texts];

export type AnnexBody =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | {
      readonly kind: "table";
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly shares: readonly number[];
    };

export interface Annex {
  readonly title: string;
  readonly subject: string;
  readonly language: InterfaceLanguage;
  readonly sections: readonly { readonly heading: string; readonly body: readonly AnnexBody[] }[];
}

const text = (words: string): AnnexBody => ({ kind: "text", text: words });

/** Everything that the annex says. */
export function annexOf(facts: AnnexFacts, language: InterfaceLanguage): Annex {
  const own = texts[language];
  const fill = (words: string, details: Readonly<Record<string, string | number>> = {}) =>
    String(new IntlMessageFormat(words, language).format(details));
  const say = (key: Line, details?: Readonly<Record<string, string | number>>) => fill(own[key], details);
  const answer = (yes: boolean) => say(yes ? "yes" : "no");
  const { policy, settings, retention } = facts;

  const goes = (rule: PartRule | null): string => {
    if (rule === null) return say("never-goes");
    const after = say(`after-${rule.from}`, { days: rule.days });
    return rule.atMostDays === null ? say("goes", { after }) : say("goesAtMost", { after, most: rule.atMostDays });
  };
  const ruleBody = (title: string, rule: RetentionRule): readonly AnnexBody[] => [
    { kind: "strong", text: title },
    {
      kind: "table",
      header: own.retentionHead,
      rows: retentionParts.map((part) => [say(part), goes(rule[part])]),
      shares: [0.3, 0.7],
    },
    text(rule.basis === "" ? say("noBasis") : say("basis", { basis: rule.basis })),
    text(say("openCase", { answer: answer(!rule.protectOpenCase) })),
    text(rule.mayExtendDays === 0 ? say("noExtend") : say("extend", { days: rule.mayExtendDays })),
  ];
  const list = (names: readonly string[] | null) =>
    names === null ? say("all") : names.length === 0 ? say("none") : names.join(", ");
  const hosts = facts.hosts.filter(
    (host) =>
      policy.networkHosts === null || policy.networkHosts.some((one) => host === one || host.endsWith(`.${one}`)),
  );

  return {
    title: own.title,
    subject: own.subject,
    language,
    sections: [
      {
        heading: own.subject,
        body: [
          text(
            say("printed", {
              at: facts.printedAt.replace("T", " ").slice(0, 16),
              version: facts.version,
              platform: facts.platform,
            }),
          ),
        ],
      },
      { heading: own.registerTitle, body: own.register.map((words) => text(fill(words))) },
      {
        heading: own.clientTitle,
        body: own.client.map((words) =>
          text(fill(words, { sound: goes(retention.standard.sound), transcript: goes(retention.standard.transcript) })),
        ),
      },
      { heading: own.neverTitle, body: [{ kind: "list", items: own.never }] },
      {
        heading: own.mapTitle,
        body: [
          text(say("mapPlace", { dir: facts.dataDir })),
          ...(facts.platform === "darwin" ? [text(say("mapMac"))] : []),
          ...(facts.synchronisedBy === null ? [] : [text(say("mapSynced", { service: facts.synchronisedBy }))]),
          { kind: "table", header: own.mapHead, rows: own.map, shares: [0.36, 0.18, 0.46] },
          text(say("mapOriginals", { offer: answer(settings.offerOriginals) })),
          ...(settings.watchedFolder === "" ? [] : [text(say("mapWatched", { folder: settings.watchedFolder }))]),
          text(say("mapLive", { live: answer(settings.liveText), after: say(`after-${settings.afterRecording}`) })),
        ],
      },
      {
        heading: own.retentionTitle,
        body: [
          ...(policy.broken === null ? [] : [text(say("broken"))]),
          ...ruleBody(say("standard"), retention.standard),
          ...retention.byTemplate.flatMap(({ templateId, rule }) =>
            ruleBody(say("forTemplate", { template: facts.templates[templateId] ?? templateId }), rule),
          ),
          text(say("warn", { days: retention.warnDays })),
          text(say("how")),
        ],
      },
      {
        heading: own.modelsTitle,
        body:
          facts.models.length === 0
            ? [text(say("modelsNone"))]
            : [
                {
                  kind: "table",
                  header: own.modelsHead,
                  rows: facts.models.map(({ kind, title, revision, licence, files }) => [
                    `${title}\n${say(`model-${kind}`)}`,
                    [revision === "" ? say("fromFolder") : revision, licence]
                      .filter((words) => words !== "")
                      .join("\n"),
                    files.length === 0
                      ? say("noSums")
                      : files.map(({ path, sha256 }) => `${path}: ${sha256}`).join("\n"),
                  ]),
                  shares: [0.2, 0.24, 0.56],
                },
              ],
      },
      {
        heading: own.networkTitle,
        body: [
          text(
            policy.modelDownload && hosts.length > 0 ? say("network", { hosts: hosts.join(", ") }) : say("networkOff"),
          ),
          text(say("updates", { answer: answer(policy.updates === "on") })),
        ],
      },
      {
        heading: own.policyTitle,
        body:
          policy.file === null
            ? [text(say("policyNone"))]
            : [
                text(say("policyFile", { organisation: policy.organisation || "–", file: policy.file })),
                {
                  kind: "table",
                  header: own.policyHead,
                  rows: [
                    [say("policyFormats"), list(policy.exportFormats)],
                    [say("policyCopy"), answer(policy.copy)],
                    [say("policyTemplates"), list(policy.templates)],
                    [say("policyOwn"), answer(policy.ownTemplates)],
                    [say("policyModels"), list(policy.models)],
                    [say("policyDownload"), answer(policy.modelDownload)],
                    [say("policyPackages"), answer(policy.makePackage)],
                    [say("policyConsent"), answer(policy.consentRequired)],
                    [
                      say("policyIdle"),
                      policy.lock.idleMinutes === null
                        ? say("own")
                        : say("minutes", { minutes: policy.lock.idleMinutes }),
                    ],
                    [say("policyPassphrase"), answer(policy.lock.passphraseRequired)],
                  ],
                  shares: [0.5, 0.5],
                },
              ],
      },
      {
        heading: own.logTitle,
        body: [
          text(say("log", { count: facts.log.count })),
          text(facts.log.whole ? say("logWhole", { head: facts.log.head }) : say("logBroken")),
          text(policy.log.keepDays === null ? say("logAll") : say("logDays", { days: policy.log.keepDays })),
        ],
      },
      {
        heading: own.partsTitle,
        body: [{ kind: "table", header: own.partsHead, rows: facts.parts, shares: [0.5, 0.5] }],
      },
      { heading: own.limitsTitle, body: [{ kind: "list", items: own.limits }] },
    ],
  };
}
