/** The longest clipboard text that terminals and tmux take in one sequence, in bytes of base64. */
const LONGEST_BASE64 = 74_994;

/**
 * Puts a text into the clipboard of the operator's own machine, over SSH too (xterm's OSC 52). Terminals
 * that do not know it, or are told not to, ignore it.
 *
 * @returns null where the text is too long for it
 */
export function copySequence(text: string): string | null {
  const base64 = Buffer.from(text, 'utf8').toString('base64');
  return base64.length > LONGEST_BASE64 ? null : `\u001b]52;c;${base64}\u0007`;
}
