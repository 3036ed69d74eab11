// One window of at most 30 s as segments. Inference process.
import { letGo } from "../../free-memory.ts";
import { sampleRateHz, type WindowRequest, type WindowResult } from "../protocol.ts";
import type { WindowDecoder } from "./decode-windows.ts";
import type { Whisper } from "./load.ts";
import { toSegments } from "./to-segments.ts";

/** `language` "auto" detects it first, by one step of the decoder. */
export async function transcribeWindow(
  whisper: Whisper,
  decoder: WindowDecoder,
  request: WindowRequest,
): Promise<WindowResult> {
  const { tokens, temperatures, maxTokens, alignmentHeads, decode } = whisper;
  const options = { tokens, language: request.language, temperatures, maxTokens, timestamps: true, decode };
  const said = await decoder.decode(request.samples, options);
  const { language, noSpeechProbability, languageProbability } = said;
  const durationMs = Math.round((request.samples.length * 1000) / sampleRateHz);
  const segments = said.isSilence ? [] : toSegments(said, { tokens, alignmentHeads, durationMs, decode });
  said.attentions.forEach(letGo);
  return {
    language,
    noSpeechProbability,
    ...(languageProbability === null ? {} : { languageProbability }),
    segments,
    dropped: said.isSilence ? { "no-speech": 1 } : {},
  };
}
