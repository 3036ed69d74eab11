// An error as a person reads it: what happened, what was kept, what to do.
import { errorSentence, type ErrorData } from "../../electron/errors.ts";
import { useTexts } from "../texts/i18n.ts";

export function ErrorText({ error }: { readonly error: ErrorData }) {
  const { language } = useTexts();
  return <>{errorSentence(error, language)}</>;
}
