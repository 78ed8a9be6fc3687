/**
 * Text that may come from a server, made harmless once more where it leaves for a terminal: control
 * characters (C0, DEL, C1) and bidirectional overrides show as a question mark.
 */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '?');
}
