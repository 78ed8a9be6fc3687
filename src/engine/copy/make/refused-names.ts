import type { Advice, FolderRename } from '../../../words/advice/advice.js';
import type { Verdict } from '../../../words/verdict.js';
import { hasAttribute, isSelectable, type ListedFolder, type SideLayout } from '../../imap/grammar/layout.js';
import { encodeModifiedUtf7 } from '../../imap/grammar/modified-utf7.js';
import { display, readPath } from '../map/folder-names.js';
import type { FolderPair } from '../map/folder-pair.js';

/** A destination that refused a name. */
export interface Refusing {
  readonly layout: SideLayout;
  /** Folders that it lists now. */
  readonly listed: readonly ListedFolder[];
  /** All pairs that are moved. */
  readonly pairs: readonly FolderPair[];
}

/** The reason why a name was refused, as far as names tell it. */
export type RefusedFor =
  | { readonly kind: 'twin'; readonly of: string }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'below mail' }
  /** CREATE was answered with OK, or with "exists already", and nothing of that name can be opened or listed. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'name' };

/** Response codes of RFC 5530 by which a server says why it refused, and the reason is not the name. */
const NOT_FOR_THE_NAME: ReadonlySet<string> = new Set([
  ...['NOPERM', 'AUTHORIZATIONFAILED', 'CONTACTADMIN', 'OVERQUOTA'],
  ...['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'CORRUPTION'],
]);

/** Rules about a missing right, with or without a response code. */
const RIGHTS_MISSING: ReadonlySet<string> = new Set(['no-permission', 'folder-not-permitted']);

/** Whether another name could help: a login without rights, or over its quota, is refused under any name. */
export function mayBeTheName({ code, kind, rule }: Pick<Verdict, 'code' | 'kind' | 'rule'>): boolean {
  if (kind === 'quota' || RIGHTS_MISSING.has(rule)) return false;
  return code === null || !NOT_FOR_THE_NAME.has(code);
}

/** The reading of a refusal that is about the name, whatever its words speak of. A need shows what its rule asks for. */
export function readAsName(verdict: Verdict, advice: Advice): Verdict {
  return { ...verdict, rule: 'folder-name', advice };
}

/** Bytes of a name above which its length is suspected, whatever the server says. */
const SUSPECT_LENGTH = 200;
const TOO_LONG = /too (?:long|large|big|deep)|length|exceeds|maximum|name is over/i;

/** @param line  the destination's answer to CREATE */
export function refusedFor(pair: FolderPair, line: string, refusing: Refusing): RefusedFor {
  const { destination } = pair;
  const { listed, pairs } = refusing;
  const key = folded(destination.name);
  const names = [...listed.map(({ name }) => name), ...pairs.map((other) => other.destination.name)];
  const twin = names.find((name) => name !== destination.name && folded(name) === key);
  if (twin !== undefined) return { kind: 'twin', of: twin };
  const bytes = Buffer.byteLength(destination.wire, 'latin1');
  if (bytes >= SUSPECT_LENGTH || TOO_LONG.test(line)) return { kind: 'length', bytes };
  return liesBelowMail(pair, refusing) ? { kind: 'below mail' } : { kind: 'name' };
}

/** Whether a folder above it exists and is moved too. On some servers a folder holds mail or folders, and not both. */
export function liesBelowMail({ destination }: FolderPair, refusing: Refusing): boolean {
  return mailAbove(destination.name, refusing) !== null;
}

/** The destination says itself that the folder above it can have none below it. */
export function liesBelowNoInferiors({ destination }: FolderPair, { layout, listed }: Refusing): boolean {
  const above = new Set(ancestorsOf(destination.name, layout));
  return listed.some((folder) => above.has(folder.name) && hasAttribute(folder, '\\Noinferiors'));
}

/** The topmost folder above it that holds mail; null: none. */
function mailAbove(name: string, { layout, listed, pairs }: Refusing): string | null {
  const holdsMail = (parent: string) =>
    listed.some((folder) => folder.name === parent && isSelectable(folder)) &&
    pairs.some((pair) => pair.selectable && pair.destination.name === parent);
  return ancestorsOf(name, layout).find(holdsMail) ?? null;
}

/** Advice about one refused name, with another name for it. */
export function adviceOnName(pair: FolderPair, why: RefusedFor, refusing: Refusing): Advice {
  const { source, destination } = pair;
  const refused = { source: source.name, name: destination.name, map: mapTo(pair, why, refusing) };
  switch (why.kind) {
    case 'twin':
      return { key: 'name taken', twin: why.of, ...refused };
    case 'length':
      return { key: 'name too long', bytes: why.bytes, ...refused };
    case 'hidden':
      return { key: 'name hidden', ...refused };
    case 'below mail':
    case 'name':
      return { key: 'name refused', ...refused };
  }
}

/** Folders below others that hold mail, at a destination where a folder is one or the other (mbox). */
export function adviceBelowMail(pairs: readonly FolderPair[], refusing: Refusing): Advice {
  const some = pairs.slice(0, MOST_MAPS);
  const beside = some.map((pair) => mapTo(pair, { kind: 'below mail' }, refusing));
  const shown = (name: string) => display(readPath(name, refusing.layout));
  const [first] = pairs;
  const top = first ? (mailAbove(first.destination.name, refusing) ?? '') : '';
  // Each folder that has folders below it goes down by one level. The others stay where they are.
  const below = [top, ...some.map(({ destination }) => destination.name)].map((name) => {
    const hasFolders = pairs.some(({ destination }) => ancestorsOf(destination.name, refusing.layout).includes(name));
    return hasFolders ? `${shown(name)}/${lastOf(shown(name))}` : shown(name);
  });
  const from = [shown(top), ...some.map(oldName)];
  const down = below.map((to, at) => ({ from: from[at] ?? '', to }));
  return { key: 'folders below mail', top: shown(top), beside, below: down, more: pairs.length - some.length };
}

/** The most folders that one advice names. */
const MOST_MAPS = 10;

function mapTo(pair: FolderPair, why: RefusedFor, refusing: Refusing): FolderRename {
  const { layout, listed, pairs } = refusing;
  const path = readPath(pair.destination.name, layout);
  const last = path.parts.at(-1) ?? '';
  const above = path.parts.slice(0, -1);
  const taken = new Set([
    ...listed.map(({ name }) => folded(name)),
    ...pairs.map((each) => folded(each.destination.name)),
  ]);
  const fresh = (parts: readonly string[]) => {
    for (let n = 2; ; n++) {
      const tried = [...parts.slice(0, -1), `${parts.at(-1)}_${n}`];
      if (!taken.has(folded(tried.join(layout.delimiter ?? '/')))) return tried;
    }
  };
  if (why.kind === 'below mail') {
    const top = readPath(mailAbove(pair.destination.name, refusing) ?? '', layout);
    const depth = Math.max(0, top.parts.length - 1);
    const beside = [...above.slice(0, depth), [...above.slice(depth), last].join('_')];
    return { from: oldName(pair), to: display({ inbox: path.inbox && !top.inbox, parts: beside }) };
  }
  const parts = fresh([...above, why.kind === 'length' ? shortened(last) : last]);
  return { from: oldName(pair), to: display({ ...path, parts }) };
}

/** A folder as `--map` knows it: with slashes. */
function oldName({ source }: FolderPair): string {
  return source.delimiter === null ? source.name : source.name.split(source.delimiter).join('/');
}

/** The first half of a text in bytes, in whole characters. */
function shortened(text: string): string {
  const most = Math.min(40, Math.floor(encodeModifiedUtf7(text).length / 2));
  const letters = [...text];
  while (letters.length > 1 && encodeModifiedUtf7(letters.join('')).length > most) letters.pop();
  return letters.join('').trim();
}

const lastOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Names of the folders above a folder, from the top. */
function ancestorsOf(name: string, { delimiter }: SideLayout): string[] {
  if (delimiter === null) return [];
  const parts = name.split(delimiter);
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join(delimiter));
}

/** A name as servers compare it that do not tell case, composition and blanks apart. */
const folded = (name: string) => name.normalize('NFC').trim().toLowerCase();
