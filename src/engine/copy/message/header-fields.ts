import { TELLING_FIELDS } from '../../imap/commands/telling-header.js';
import type { Literal } from '../../imap/grammar/response-reader.js';

/** Bytes of a body in which these fields are looked for. */
const LONGEST_HEAD = 64 * 1024;

/** Header fields that identify a message: values by field name, white space folded. */
export type HeaderFields = ReadonlyMap<string, string>;

/** Reads the fields that tell a message apart from others, out of a header or a whole message. The first of a name counts. */
export function headerFields(bytes: Literal): HeaderFields {
  const fields = new Map<string, string>();
  for (const [name, value] of tellingFields(bytes))
    if (!fields.has(name)) fields.set(name, value.replace(/\s+/g, ' ').trim());
  return fields;
}

/** Such fields as they stand there, with the blanks of their folding (RFC 5322 section 2.2.3); names in lower case. */
export function* tellingFields(bytes: Literal): Iterable<readonly [name: string, value: string]> {
  const lines = head(bytes).split(/\r?\n/);
  for (let at = 0; at < lines.length && lines[at] !== ''; at++) {
    let field = lines[at]!;
    while (/^[ \t]/.test(lines[at + 1] ?? '')) field += lines[++at];
    const colon = field.indexOf(':');
    const name = field.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if ((TELLING_FIELDS as readonly string[]).includes(name)) yield [name, field.slice(colon + 1)];
  }
}

/** `untold`: the two share no field. */
export function compareFields(a: HeaderFields, b: HeaderFields): 'same' | 'other' | 'untold' {
  let shared = 0;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other === undefined) continue;
    if (other !== value) return 'other';
    shared++;
  }
  return shared > 0 ? 'same' : 'untold';
}

function head({ slices }: Literal): string {
  let text = '';
  for (const slice of slices) {
    text += slice.toString('latin1', 0, Math.min(slice.length, LONGEST_HEAD - text.length));
    if (text.length >= LONGEST_HEAD) break;
  }
  return text;
}
