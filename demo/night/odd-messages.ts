/** Oddities of a message, and the header that says so that the destination knows it. */
export const ODD = {
  'an executable attachment': 'X-Attachment: invoice.exe',
  'a text that makes the filter shout': 'X-Shout: yes',
  'more bytes than are taken': 'X-Large: yes',
} as const;
export type Odd = keyof typeof ODD;

/** Bytes that the destination takes in one message; it does not say so beforehand. */
export const LIMIT = 512 * 1024;

/**
 * A refusal as a hostile or broken server may send it: it clears the screen, renames the window, writes into the
 * clipboard (OSC 52), reverses the text (U+202E) and forges a line of success.
 */
export const SHOUT =
  'Message rejected \u001b[2J\u001b[H\u001b]0;all is well\u0007\u001b]52;c;cm0gLXJmIH4=\u0007\u202eydaerla eid\u202c\u009b31m by the filter\u001b[32m';

/** The answer of the destination's filter to a message, or null. */
export function filterSays(raw: Buffer): string | null {
  if (raw.includes(ODD['an executable attachment'])) return 'Message rejected: executable attachment';
  return raw.includes(ODD['a text that makes the filter shout']) ? SHOUT : null;
}
