// What of the network was used: the app's own count, from the one place that owns it.
import { ask } from "../state/ask.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";

export function NetworkLine() {
  const { t, language } = useTexts();
  const { value: status } = useAnswer("network", "", () => ask("app.network"));
  if (status === undefined) return null;
  const { requests, since, open } = status;
  const from = since === "" ? "–" : dateAndTime(since, language);
  return (
    <section className="settings-part" aria-labelledby="network-title">
      <h3 id="network-title" className="settings-part-title">
        {t(open ? "settings.network.open" : "settings.network.none")}
      </h3>
      <p className="quiet">{t("settings.network.count", { requests, from })}</p>
    </section>
  );
}
