// The small coloured mark that goes with a speaker's name, never without it.

export function SpeakerMark({ colour }: { readonly colour: number }) {
  return <span className="speaker-mark" data-colour={colour} aria-hidden />;
}
