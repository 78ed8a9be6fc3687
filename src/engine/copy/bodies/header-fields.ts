import type { Literal } from '../../imap/grammar/response-reader.js';

/** Fields by which messages are told apart. */
const TELLING = ['message-id', 'date', 'subject', 'from'] as const;

/** Bytes of a body in which these fields are looked for. */
const LONGEST_HEAD = 64 * 1024;

/** Header fields that identify a message: values by field name, white space folded. */
export type HeaderFields = ReadonlyMap<string, string>;

/** Reads the fields that tell a message apart from others, out of a header or a whole message. */
export function headerFields(bytes: Literal): HeaderFields {
  const fields = new Map<string, string>();
  const lines = head(bytes).split(/\r?\n/);
  for (let at = 0; at < lines.length && lines[at] !== ''; at++) {
    const line = lines[at]!;
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!(TELLING as readonly string[]).includes(name) || fields.has(name)) continue;
    let value = line.slice(colon + 1);
    while (/^[ \t]/.test(lines[at + 1] ?? '')) value += lines[++at];
    fields.set(name, value.replace(/\s+/g, ' ').trim());
  }
  return fields;
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
