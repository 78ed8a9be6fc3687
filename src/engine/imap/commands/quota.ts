import type { Session } from '../session/session.js';

/** How much of a resource is used, and how much may be. */
export interface Quota {
  readonly used: number;
  readonly limit: number;
}

/** The quotas that INBOX counts against; null: the server tells none. */
export interface Quotas {
  /** In bytes. */
  readonly storage: Quota | null;
  readonly messages: Quota | null;
}

const NONE: Quotas = { storage: null, messages: null };
/** The list at the end of the response. The name of a quota root before it may hold anything. */
const RESOURCES = /\(([^()]*)\) *$/;
/** Units of 1024 octets (RFC 9208 section 5.1). */
const STORAGE = /(?:^| )STORAGE (\d+) (\d+)/i;
/** RFC 9208 section 5.2. */
const MESSAGE = /(?:^| )MESSAGE (\d+) (\d+)/i;

/** Asks GETQUOTAROOT (RFC 9208) for INBOX. Of several roots, the one with the least room counts.  @throws LineLost */
export async function readQuota({ wire, capabilities }: Session): Promise<Quotas> {
  if (![...capabilities].some((one) => one === 'QUOTA' || one.startsWith('QUOTA='))) return NONE;
  let quotas = NONE;
  await wire.command('GETQUOTAROOT', ['GETQUOTAROOT INBOX'], ({ text }) => {
    if (/^\* QUOTA /i.test(text)) quotas = tighter(quotas, readRoot(text));
    return /^\* QUOTA(?:ROOT)? /i.test(text);
  });
  return quotas;
}

/** Reads `* QUOTA root (STORAGE 10 512)`. */
export function readRoot(text: string): Quotas {
  const resources = RESOURCES.exec(text)?.[1] ?? '';
  return { storage: amounts(STORAGE.exec(resources), 1024), messages: amounts(MESSAGE.exec(resources), 1) };
}

function amounts(found: RegExpExecArray | null, unit: number): Quota | null {
  return found ? { used: Number(found[1]) * unit, limit: Number(found[2]) * unit } : null;
}

function tighter(a: Quotas, b: Quotas): Quotas {
  return { storage: lessRoom(a.storage, b.storage), messages: lessRoom(a.messages, b.messages) };
}

function lessRoom(a: Quota | null, b: Quota | null): Quota | null {
  if (a === null || b === null) return a ?? b;
  return a.limit - a.used <= b.limit - b.used ? a : b;
}
