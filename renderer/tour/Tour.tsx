// The tour's card. Nothing is locked meanwhile: one may press what it speaks of, tab past it, or leave it by Esc.
import { type RefObject, useEffect, useId, useLayoutEffect, useRef } from "react";
import { TextButton } from "../parts/TextButton.tsx";
import { useCell } from "../state/cell.ts";
import { addressOf, parseAddress, useAddress } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { gapPx, placeCard } from "./place-card.ts";
import { endTour, tourStep, tourSteps } from "./tour.ts";
import "./tour.css";

export function Tour() {
  const step = useCell(tourStep);
  const { view } = parseAddress(useAddress());
  // It is about an open meeting: whoever goes elsewhere has left it.
  useEffect(() => {
    if (view !== "meeting") endTour();
  }, [view]);
  return step === null || view !== "meeting" ? null : <Card key={step} step={step} />;
}

function Card({ step }: { readonly step: number }) {
  const { t } = useTexts();
  const { id, target } = tourSteps[step] ?? tourSteps[0];
  const isLast = step === tourSteps.length - 1;
  const textId = useId();
  const card = useRef<HTMLElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useStanding(card, frame, target);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || document.querySelector("[role=dialog], [role=menu], [role=listbox]")) return;
      event.preventDefault();
      leaveTour();
    };
    // Before the view hears it: Esc leaves the tour, and only then the meeting.
    window.addEventListener("keydown", leave, { capture: true });
    return () => window.removeEventListener("keydown", leave, { capture: true });
  }, []);
  return (
    <>
      <div ref={frame} className="tour-frame" aria-hidden />
      <section ref={card} aria-label={t("tour.label")} className="tour-card">
        <p className="tour-count">{t("tour.step", { step: step + 1, steps: tourSteps.length })}</p>
        <h2 ref={heading} tabIndex={-1} aria-describedby={textId} className="tour-title">
          {t(`tour.titles.${id}`)}
        </h2>
        <p id={textId}>{t(`tour.texts.${id}`)}</p>
        {isLast && (
          <p>
            <a href={addressOf({ view: "help", section: "never" })}>{t("tour.more")}</a>
          </p>
        )}
        <div className="tour-foot">
          {!isLast && (
            <TextButton kind="plain" onPress={leaveTour}>
              {t("tour.end")}
            </TextButton>
          )}
          {step > 0 && (
            <TextButton kind="outline" onPress={() => tourStep.set(step - 1)}>
              {t("tour.back")}
            </TextButton>
          )}
          <TextButton kind="primary" onPress={isLast ? leaveTour : () => tourStep.set(step + 1)}>
            {t(isLast ? "tour.done" : "tour.next")}
          </TextButton>
        </div>
      </section>
    </>
  );
}

/** The focus goes to the meeting's heading: its own place is gone. */
function leaveTour(): void {
  endTour();
  document.querySelector("h1")?.focus({ preventScroll: true });
}

/** Keeps the card beside its target, whatever scrolls, grows or comes later. */
function useStanding(
  card: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  target: string | null,
): void {
  useLayoutEffect(() => {
    let next = 0;
    let found: Element | null = null;
    const stand = () => {
      next = requestAnimationFrame(stand);
      if (card.current === null || frame.current === null) return;
      const seen = target === null ? null : firstSeen(target);
      if (seen !== found) {
        found = seen;
        seen?.scrollIntoView({ block: "nearest" });
      }
      const box = seen?.getBoundingClientRect() ?? null;
      const size = { width: card.current.offsetWidth, height: card.current.offsetHeight };
      const place = placeCard(size, box, { width: window.innerWidth, height: window.innerHeight });
      card.current.style.translate = `${place.left}px ${place.top}px`;
      frame.current.hidden = box === null;
      if (box === null) return;
      frame.current.style.translate = `${box.left - gapPx / 2}px ${box.top - gapPx / 2}px`;
      frame.current.style.inlineSize = `${box.width + gapPx}px`;
      frame.current.style.blockSize = `${box.height + gapPx}px`;
    };
    stand();
    return () => cancelAnimationFrame(next);
  }, [card, frame, target]);
}

const firstSeen = (selector: string): Element | null =>
  [...document.querySelectorAll(selector)].find((element) => element.getClientRects().length > 0) ?? null;
