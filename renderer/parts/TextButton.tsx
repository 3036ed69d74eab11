// The interface's button: an icon always with a word, one primary a screen.
import type { LucideIcon } from "lucide-react";
import { Button, type ButtonProps } from "react-aria-components/Button";
import "./buttons.css";

interface TextButtonProps extends Omit<ButtonProps, "children" | "className"> {
  readonly kind?: "primary" | "outline" | "plain" | "quiet";
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  /** The word that is seen. `aria-label`, where given, holds it too. */
  readonly children: string;
}

const classes = { primary: "button-primary", outline: "button-outline", plain: "button-plain", quiet: "" } as const;

export function TextButton({ kind = "quiet", small = false, icon: Icon, children, ...rest }: TextButtonProps) {
  return (
    <Button {...rest} className={`button ${classes[kind]} ${small ? "button-small" : ""}`}>
      {Icon && <Icon size={small ? 15 : 17} strokeWidth={1.75} aria-hidden />}
      {children}
    </Button>
  );
}
