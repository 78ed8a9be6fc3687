import { BadCommand } from './bad-command.js';
import { type Arg, textOf } from './tokens.js';

export type Section =
  | { readonly kind: 'whole' }
  | { readonly kind: 'header' }
  | { readonly kind: 'text' }
  | { readonly kind: 'fields'; readonly names: ReadonlySet<string>; readonly take: 'named' | 'others' };

/** One thing asked for by FETCH (RFC 3501 section 6.4.5). */
export type FetchItem =
  | { readonly kind: SimpleItem }
  | {
      readonly kind: 'BODY';
      readonly section: Section;
      readonly marksSeen: boolean;
      readonly partial: { readonly from: number; readonly length: number } | null;
      /** Its name in the row. */
      readonly label: string;
    };

/** Items of Gmail's extension X-GM-EXT-1 (https://developers.google.com/gmail/imap/imap-extensions). */
export const GMAIL_ITEMS = ['X-GM-MSGID', 'X-GM-THRID', 'X-GM-LABELS'] as const;
const SIMPLE = ['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'MODSEQ', ...GMAIL_ITEMS] as const;
export type SimpleItem = (typeof SIMPLE)[number];
const BODY = /^BODY(\.PEEK)?\[(.*)\](?:<(\d{1,10})\.(\d{1,10})>)?$/is;
const FIELDS = /^HEADER\.FIELDS(\.NOT)? \(([^()]+)\)$/i;

/** @throws BadCommand on what this server cannot give */
export function parseFetchItems(arg: Arg | undefined): readonly FetchItem[] {
  if (!arg) throw new BadCommand('Missing arguments');
  if (arg.kind === 'list') return arg.items.map((item) => parseItem(textOf(item, 'parameter')));
  const macro = arg.text.toUpperCase();
  if (macro === 'FAST') return [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }];
  return [parseItem(arg.text)];
}

function parseItem(text: string): FetchItem {
  const upper = text.toUpperCase();
  const simple = SIMPLE.find((name) => name === upper);
  if (simple) return { kind: simple };
  if (upper === 'RFC822') return body({ kind: 'whole' }, true, 'RFC822');
  if (upper === 'RFC822.HEADER') return body({ kind: 'header' }, false, 'RFC822.HEADER');
  if (upper === 'RFC822.TEXT') return body({ kind: 'text' }, true, 'RFC822.TEXT');
  const found = BODY.exec(text);
  if (!found) throw new BadCommand(`Unknown parameter: ${upper}`);
  const section = parseSection(found[2]!);
  const partial = found[3] === undefined ? null : { from: Number(found[3]), length: Number(found[4]) };
  const label = `BODY[${sectionLabel(section)}]${partial ? `<${partial.from}>` : ''}`;
  return { kind: 'BODY', section, marksSeen: found[1] === undefined, partial, label };
}

function body(section: Section, marksSeen: boolean, label: string): FetchItem {
  return { kind: 'BODY', section, marksSeen, partial: null, label };
}

function parseSection(text: string): Section {
  const upper = text.toUpperCase();
  if (upper === '') return { kind: 'whole' };
  if (upper === 'HEADER') return { kind: 'header' };
  if (upper === 'TEXT') return { kind: 'text' };
  const found = FIELDS.exec(text);
  if (!found) throw new BadCommand(`Invalid BODY[..] parameter: ${upper}`);
  const names = new Set(found[2]!.toUpperCase().replaceAll('"', '').split(/ +/));
  return { kind: 'fields', names, take: found[1] === undefined ? 'named' : 'others' };
}

function sectionLabel(section: Section): string {
  if (section.kind === 'whole') return '';
  if (section.kind !== 'fields') return section.kind.toUpperCase();
  return `HEADER.FIELDS${section.take === 'others' ? '.NOT' : ''} (${[...section.names].join(' ')})`;
}
