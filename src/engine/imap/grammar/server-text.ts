const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes a server's text for a reader. IMAP wants ASCII here (RFC 3501 section 7.1), but servers send UTF-8
 * all the same; bytes that are not UTF-8 stay as they are.
 *
 * @param wire  the text's bytes, one character each
 */
export function readServerText(wire: string): string {
  return /[\u0080-\u00ff]/.test(wire) ? (utf8In(wire) ?? wire) : wire;
}

/** @returns null: the bytes are no UTF-8 */
export function utf8In(wire: string): string | null {
  try {
    return STRICT_UTF8.decode(Buffer.from(wire, 'latin1'));
  } catch {
    return null;
  }
}
