// The headers of everything that is served to the window. Runs in main.
import { ownFeatures, windowFeatures } from "./permissions.ts";

/**
 * The window may load what is served beside it, and nothing else: no connections, no inline script, no plug-ins, no
 * frames. Styles that components put in the page at run time carry the page's nonce.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "worker-src 'self'",
    "connect-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");

/** @param nonce of this one answer; base64 */
export const securityHeaders = (nonce: string): Readonly<Record<string, string>> => ({
  "content-security-policy": policy(nonce),
  "permissions-policy": windowFeatures
    .map((feature) => `${feature}=(${ownFeatures.has(feature) ? "self" : ""})`)
    .join(", "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
});
