import { astring } from '../grammar/piece.js';
import type { Session } from '../session/session.js';

/** How much of a resource is used, and how much there may be. */
export interface Quota {
  readonly used: number;
  readonly limit: number;
}

/** The mail that may still come. */
export const roomIn = ({ limit, used }: Quota): number => Math.max(0, limit - used);

/** The quotas that a folder counts against. Null: the server tells none. */
export interface Quotas {
  /** In bytes. */
  readonly storage: Quota | null;
  readonly messages: Quota | null;
}

/** The quotas of one root: folders that count against the same ones share its name. */
export interface QuotaRoot extends Quotas {
  /** As the server writes it. */
  readonly name: string;
}

const NONE: Quotas = { storage: null, messages: null };
/** The list at the end: the name of a quota root may hold anything. */
const ROOT = /^\* QUOTA (.*?) *\(([^()]*)\) *$/i;
/** RFC 9208 section 5.1: in units of 1024 octets. */
const STORAGE = /(?:^| )STORAGE (\d+) (\d+)/i;
/** RFC 9208 section 5.2. */
const MESSAGE = /(?:^| )MESSAGE (\d+) (\d+)/i;

/**
 * Asks GETQUOTAROOT (RFC 9208) for INBOX. Of several roots the one with the least room counts.
 *
 * @throws ConnectionLost
 */
export async function readQuota(session: Session): Promise<Quotas> {
  return tightest((await readQuotaRoots(session, 'INBOX')) ?? []);
}

/**
 * The quota roots that a folder counts against (GETQUOTAROOT, RFC 9208).
 *
 * @returns null where the server does not tell them
 * @throws ConnectionLost
 */
export async function readQuotaRoots(
  { wire, capabilities }: Session,
  wireName: string,
): Promise<readonly QuotaRoot[] | null> {
  if (![...capabilities].some((one) => one === 'QUOTA' || one.startsWith('QUOTA='))) return null;
  const roots: QuotaRoot[] = [];
  const command = wireName === 'INBOX' ? ['GETQUOTAROOT INBOX'] : ['GETQUOTAROOT ', astring(wireName)];
  const { status } = await wire.command('GETQUOTAROOT', command, ({ text }) => {
    const root = readRoot(text);
    if (root) roots.push(root);
    return /^\* QUOTA(?:ROOT)? /i.test(text);
  });
  return status === 'OK' ? roots : null;
}

/** Reads `* QUOTA root (STORAGE 10 512)`; null: it is no such row. */
export function readRoot(text: string): QuotaRoot | null {
  const [, name, resources] = ROOT.exec(text) ?? [];
  if (name === undefined || resources === undefined) return null;
  return { name, storage: amounts(STORAGE.exec(resources), 1024), messages: amounts(MESSAGE.exec(resources), 1) };
}

function amounts(found: RegExpExecArray | null, unit: number): Quota | null {
  if (!found) return null;
  const [used, limit] = [Number(found[1]) * unit, Number(found[2]) * unit];
  // Nobody is over a limit of nothing: it stands for no limit.
  return limit === 0 && used > 0 ? null : { used, limit };
}

/** The least room of several roots. */
export function tightest(roots: readonly Quotas[]): Quotas {
  return roots.reduce<Quotas>(
    (a, b) => ({ storage: lessRoom(a.storage, b.storage), messages: lessRoom(a.messages, b.messages) }),
    NONE,
  );
}

function lessRoom(a: Quota | null, b: Quota | null): Quota | null {
  if (a === null || b === null) return a ?? b;
  return a.limit - a.used <= b.limit - b.used ? a : b;
}
