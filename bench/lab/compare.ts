import { readAccount, type StoredFolder, type StoredMessage } from './account.js';
import { pairUp } from './compare-messages.js';
import type { RawTarget } from './raw-imap.js';

/** One difference of one message, as an operator would look for it. */
export interface Finding {
  readonly what: 'missing' | 'extra' | 'duplicate' | 'altered' | 'flags' | 'date';
  readonly folder: string;
  readonly source: StoredMessage | null;
  readonly destination: StoredMessage | null;
}

export interface Comparison {
  readonly source: number;
  readonly destination: number;
  /** Equal in bytes, flags and date. */
  readonly identical: number;
  readonly findings: readonly Finding[];
  readonly foldersMissing: readonly string[];
  /** At the destination only; empty ones count too, but those it made itself for a role do not. */
  readonly foldersExtra: readonly string[];
  /** Roles that both sides know and that a source folder did not keep. */
  readonly rolesLost: readonly string[];
  readonly subscriptionsMissing: readonly string[];
}

/** Reads both accounts and compares them message by message. */
export async function compareAccounts(
  source: RawTarget,
  destination: RawTarget,
  rename?: (folder: string) => string,
): Promise<Comparison> {
  return compareFolders(...(await Promise.all([readAccount(source), readAccount(destination)])), rename);
}

/** Nothing is missing, doubled, altered or lost. */
export function isFaithful(comparison: Comparison): boolean {
  const { findings, foldersMissing, rolesLost, subscriptionsMissing } = comparison;
  return findings.length + foldersMissing.length + rolesLost.length + subscriptionsMissing.length === 0;
}

/**
 * The same on folders already read. Folders go together by their role where both sides have it, else by name.
 *
 * @param rename  what a source folder should be called at the destination, e.g. with a folder prefix; roles count for nothing then
 */
export function compareFolders(
  source: readonly StoredFolder[],
  destination: readonly StoredFolder[],
  rename?: (folder: string) => string,
): Comparison {
  const known = rename === undefined ? roles(source) : [];
  const common = known.filter(([role]) => roles(destination).some(([other]) => other === role));
  const left = byKey(source, common, rename ?? ((name) => name));
  const right = byKey(
    destination,
    roles(destination).filter(([role]) => common.some(([other]) => other === role)),
    (name) => name,
  );
  const findings: Finding[] = [];
  let identical = 0;
  for (const [key, folder] of left) {
    const there = right.get(key);
    const { found, same } = pairUp(folder.messages ?? [], there?.messages ?? []);
    identical += same;
    findings.push(...found.map((finding) => ({ ...finding, folder: folder.name })));
  }
  for (const [key, folder] of right) {
    if (left.has(key)) continue;
    findings.push(
      ...(folder.messages ?? []).map(
        (message): Finding => ({ what: 'extra', folder: folder.name, source: null, destination: message }),
      ),
    );
  }
  const held = [...left].filter(([, folder]) => folder.messages !== null);
  return {
    source: count(source),
    destination: count(destination),
    identical,
    findings,
    foldersMissing: held.filter(([key]) => !right.has(key)).map(([, { name }]) => name),
    foldersExtra: [...right]
      .filter(([key, folder]) => !left.has(key) && roleOf(folder) === null)
      .map(([, { name }]) => name),
    rolesLost: held.flatMap(([key, folder]) => {
      const [role, other] = [roleOf(folder), roleOf(right.get(key))];
      return role !== null && common.some(([known]) => known === role) && other !== role
        ? [`${folder.name} ${role}`]
        : [];
    }),
    subscriptionsMissing: held
      .filter(([key, { subscribed }]) => subscribed && right.get(key)?.subscribed === false)
      .map(([, { name }]) => name),
  };
}

const WHAT = [
  'missing',
  'extra',
  'duplicate',
  'altered',
  'flags',
  'date',
] as const satisfies readonly Finding['what'][];

/** The differences, in one line of numbers; empty where nothing does. */
export function comparisonText({ findings, ...rest }: Comparison): string {
  const counts = WHAT.map((what) => [what, findings.filter((finding) => finding.what === what).length] as const);
  const lists = [
    ['folders missing', rest.foldersMissing],
    ['roles lost', rest.rolesLost],
    ['subscriptions missing', rest.subscriptionsMissing],
  ] as const;
  return [
    ...counts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`),
    ...lists
      .filter(([, names]) => names.length > 0)
      .map(([what, names]) => `${names.length} ${what} (${names[0]}${names.length > 1 ? ', …' : ''})`),
  ].join(', ');
}

const ROLES = ['\\sent', '\\drafts', '\\trash', '\\junk', '\\archive'];

function roleOf(folder: StoredFolder | undefined): string | null {
  return folder?.attributes.find((attribute) => ROLES.includes(attribute)) ?? null;
}

function roles(folders: readonly StoredFolder[]): (readonly [role: string, name: string])[] {
  return folders.flatMap((folder) => {
    const role = roleOf(folder);
    return role === null ? [] : [[role, folder.name] as const];
  });
}

/** A folder's key is its name, with a role in place of the name of the folder that plays it. */
function byKey(
  folders: readonly StoredFolder[],
  known: (readonly [string, string])[],
  rename: (name: string) => string,
) {
  const key = (name: string) => {
    const above = known.find(([, folder]) => name === folder || name.startsWith(`${folder}/`));
    return above === undefined ? rename(name) : above[0] + name.slice(above[1].length);
  };
  return new Map(folders.map((folder) => [key(folder.name), folder]));
}

function count(folders: readonly StoredFolder[]): number {
  return folders.reduce((sum, { messages }) => sum + (messages?.length ?? 0), 0);
}
