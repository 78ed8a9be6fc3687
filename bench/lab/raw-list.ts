import { quoted, type RawImap } from './raw-imap.js';
import type { RawUnit } from './raw-reader.js';

/** A folder as LIST names it. */
export interface RawFolder {
  readonly wire: string;
  /** The name for a reader, with `/` between levels and INBOX in capitals. */
  readonly name: string;
  readonly delimiter: string | null;
  /** Attributes, in lower case. */
  readonly attributes: readonly string[];
  readonly subscribed: boolean;
}

const ROW = /^\* (?:LIST|LSUB) \(([^)]*)\) (NIL|"\\?.") (.*)$/;

/** All folders of an account, and which are subscribed. */
export async function listFolders(client: RawImap): Promise<RawFolder[]> {
  const listed = (await client.ok('LIST "" "*"')).untagged.flatMap(row);
  const lsub = new Set((await client.ok('LSUB "" "*"')).untagged.flatMap(row).map(({ wire }) => wire));
  return listed.map((folder) => ({ ...folder, subscribed: lsub.has(folder.wire) }));
}

/** The personal namespace's prefix, `''` where the server tells none. */
export async function personalPrefix(client: RawImap): Promise<string> {
  if (!client.capabilities.has('NAMESPACE')) return '';
  const { untagged } = await client.ok('NAMESPACE');
  return /^\* NAMESPACE \(\("([^"]*)"/.exec(untagged[0]?.text ?? '')?.[1] ?? '';
}

/** Creates and subscribes a folder. A folder that exists already is no failure. */
export async function makeFolder(client: RawImap, wire: string): Promise<void> {
  const made = await client.command(`CREATE ${quoted(wire)}`);
  if (made.status !== 'OK' && !/exists/i.test(made.line)) throw new Error(`CREATE ${wire}: ${made.line}`);
  await client.ok(`SUBSCRIBE ${quoted(wire)}`);
}

/**
 * Modified UTF-7 (RFC 3501 section 5.1.3). The engine has an implementation of its own, so that neither hides a mistake
 * of the other.
 */
export function toWire(name: string): string {
  const shifted = (run: string) => {
    const bytes = Buffer.alloc(run.length * 2);
    for (let at = 0; at < run.length; at++) bytes.writeUInt16BE(run.charCodeAt(at), at * 2);
    return `&${bytes.toString('base64').replace(/=+$/, '').replace(/\//g, ',')}-`;
  };
  return name.replace(/&/g, '&-').replace(/[^\x20-\x7e]+/g, shifted);
}

function fromWire(wire: string): string {
  return wire.replace(/&([^-]*)-/g, (_, run: string) => {
    const bytes = Buffer.from(run.replace(/,/g, '/'), 'base64');
    let name = run === '' ? '&' : '';
    for (let at = 0; at + 1 < bytes.length; at += 2) name += String.fromCharCode(bytes.readUInt16BE(at));
    return name;
  });
}

function row({ text, literals }: RawUnit): Omit<RawFolder, 'subscribed'>[] {
  const [, attributes = '', separator = 'NIL', said = ''] = ROW.exec(text) ?? [];
  if (said === '') return [];
  const literal = /^~\{(\d+)\}~$/.exec(said);
  const wire = literal
    ? (literals[Number(literal[1])]?.toString('latin1') ?? '')
    : said.startsWith('"')
      ? said.slice(1, said.lastIndexOf('"')).replace(/\\(.)/g, '$1')
      : said;
  const delimiter = separator === 'NIL' ? null : separator.slice(1, -1).replace(/^\\/, '');
  const levels = delimiter === null ? [fromWire(wire)] : fromWire(wire).split(delimiter);
  const name = levels.map((level, at) => (at === 0 && /^inbox$/i.test(level) ? 'INBOX' : level)).join('/');
  return [{ wire, name, delimiter, attributes: attributes.toLowerCase().split(' ').filter(Boolean) }];
}
