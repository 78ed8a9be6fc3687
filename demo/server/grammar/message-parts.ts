import { headerLength } from '../habits.js';
import type { Section } from './fetch-items.js';

/** The bytes of a section of a message (RFC 3501 section 6.4.5). */
export function sectionOf(raw: Buffer, section: Section): Buffer {
  if (section.kind === 'whole') return raw;
  const end = headerLength(raw);
  if (section.kind === 'header') return raw.subarray(0, end);
  if (section.kind === 'text') return raw.subarray(end);
  const chosen = headerFields(raw).filter(({ name }) => section.names.has(name) === (section.take === 'named'));
  return Buffer.from(`${chosen.map(({ field }) => field).join('')}\r\n`, 'latin1');
}

interface HeaderField {
  /** In upper case. */
  readonly name: string;
  /** The whole field with its folded lines and its CRLF; one character a byte. */
  readonly field: string;
}

function headerFields(raw: Buffer): readonly HeaderField[] {
  const header = raw.toString('latin1', 0, headerLength(raw)).replace(/\r?\n/g, '\r\n');
  return [...header.matchAll(/^([^:\s]+)[ \t]*:(?:.*\r\n(?:[ \t].*\r\n)*)/gm)].map((found) => ({
    name: found[1]!.toUpperCase(),
    field: found[0],
  }));
}

/** The values of all fields of this name, unfolded. @param name in upper case */
export function headerValues(raw: Buffer, name: string): readonly string[] {
  return headerFields(raw)
    .filter((each) => each.name === name)
    .map(({ field }) =>
      field
        .slice(field.indexOf(':') + 1)
        .replace(/\r\n[ \t]?/g, ' ')
        .trim(),
    );
}
