// Something one can try: a button and the sentence that says what it is.
import type { LucideIcon } from "lucide-react";
import { useId } from "react";
import "./offer.css";
import { TextButton } from "./TextButton.tsx";

interface OfferProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly hint: string;
  readonly onPress: () => void;
}

export function Offer({ icon, label, hint, onPress }: OfferProps) {
  const hintId = useId();
  return (
    <li className="offer">
      <TextButton kind="outline" icon={icon} aria-describedby={hintId} onPress={onPress}>
        {label}
      </TextButton>
      <p id={hintId} className="quiet offer-hint">
        {hint}
      </p>
    </li>
  );
}
