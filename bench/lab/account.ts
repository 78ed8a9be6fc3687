import { createHash } from 'node:crypto';
import { readImapDate } from './corpus-dates.js';
import { quoted, RawImap, type RawTarget } from './raw-imap.js';
import { listFolders, personalPrefix, type RawFolder } from './raw-list.js';
import type { RawUnit } from './raw-reader.js';

/** A message as it lies there. */
export interface StoredMessage {
  readonly uid: number;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  /** The same for all that servers and tools are known to make of one message: see `likeness`. */
  readonly likeness: string;
  readonly size: number;
  /** Lower-case system flags and keywords, sorted, without \Recent. */
  readonly flags: readonly string[];
  /** INTERNALDATE, milliseconds since the epoch. */
  readonly instant: number;
}

export interface StoredFolder extends RawFolder {
  /** Null for a folder that cannot be opened. */
  readonly messages: readonly StoredMessage[] | null;
}

/** Everything in an account, in names without the server's prefix. */
export async function readAccount(target: RawTarget): Promise<StoredFolder[]> {
  const client = await RawImap.connect(target);
  try {
    const prefix = (await personalPrefix(client)).replaceAll(/[./]$/g, '/');
    const folders: StoredFolder[] = [];
    for (const folder of await listFolders(client)) {
      const name = prefix !== '' && folder.name.startsWith(prefix) ? folder.name.slice(prefix.length) : folder.name;
      const closed = folder.attributes.some((attribute) => attribute === '\\noselect' || attribute === '\\nonexistent');
      folders.push({ ...folder, name, messages: closed ? null : await readFolder(client, folder.wire) });
    }
    return folders;
  } finally {
    await client.logout();
  }
}

async function readFolder(client: RawImap, wire: string): Promise<StoredMessage[]> {
  const { untagged } = await client.ok(`EXAMINE ${quoted(wire)}`);
  const messages: StoredMessage[] = [];
  if (untagged.some(({ text }) => text === '* 0 EXISTS')) return messages;
  client.onUntagged = (unit) => messages.push(...row(unit));
  try {
    await client.ok('UID FETCH 1:* (UID FLAGS INTERNALDATE BODY.PEEK[])');
  } finally {
    client.onUntagged = null;
  }
  return messages;
}

function row({ text, literals }: RawUnit): StoredMessage[] {
  const uid = /^\* \d+ FETCH .*\bUID (\d+)/.exec(text)?.[1];
  const body = /BODY\[\] (?:~\{(\d+)\}~|"")/.exec(text);
  if (uid === undefined || body === null) return [];
  const raw = literals[Number(body[1] ?? -1)] ?? Buffer.alloc(0);
  const flags = (/FLAGS \(([^)]*)\)/.exec(text)?.[1] ?? '')
    .split(' ')
    .filter((flag) => flag !== '' && flag !== '\\Recent');
  return [
    {
      uid: Number(uid),
      hash: sha256(raw),
      likeness: likeness(raw),
      size: raw.length,
      flags: flags.map((flag) => (flag.startsWith('\\') ? flag.toLowerCase() : flag)).sort(),
      instant: readImapDate(/INTERNALDATE "([^"]+)"/.exec(text)?.[1] ?? ''),
    },
  ];
}

/**
 * A hash in which the known rewrites vanish: line ends, NUL and 8-bit bytes, blank lines at the end, headers that
 * sync tools add. Two messages alike are one message, altered.
 */
function likeness(raw: Buffer): string {
  const text = raw
    .toString('latin1')
    .replace(/\r?\n/g, '\n')
    .replace(/[\0\x80-\xff]/g, 'X')
    .replace(/\n+$/, '');
  const end = text.indexOf('\n\n');
  const head = `${end < 0 ? text : text.slice(0, end)}\n`.replace(
    /^X-(?:TUID|OfflineIMAP|Keywords):.*\n(?:[ \t].*\n)*/gim,
    '',
  );
  return sha256(Buffer.from(head + (end < 0 ? '' : text.slice(end)), 'latin1'));
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
