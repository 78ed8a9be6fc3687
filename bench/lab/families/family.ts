import { dovecotAvailable, startDovecot } from '../dovecot.js';
import type { RawTarget } from '../raw-imap.js';
import { startCourier } from './courier.js';
import { startCyrus } from './cyrus.js';
import { unpackedAvailable } from './unpack.js';

/** Kinds of servers that mail is really moved between. */
export const FAMILIES = ['dovecot', 'cyrus', 'courier'] as const;
export type Family = (typeof FAMILIES)[number];

export interface FamilyServer {
  readonly family: Family;
  /** In clear, on 127.0.0.1. */
  readonly port: number;
  /** An account that nobody used before, with PASSWORD. */
  newcomer(): Promise<RawTarget>;
  stop(): Promise<void>;
}

/** Whether a server of this family can be started here, and if not, what is missing. */
export function familyAvailable(family: Family): { readonly ok: true } | { readonly ok: false; readonly why: string } {
  return family === 'dovecot' ? dovecotAvailable() : unpackedAvailable(family);
}

const STARTS: Readonly<Record<Family, () => Promise<FamilyServer>>> = {
  dovecot: startFamilyDovecot,
  cyrus: startCyrus,
  courier: startCourier,
};

/** @throws Error with the server's own words, when it does not come up */
export function startFamily(family: Family): Promise<FamilyServer> {
  return STARTS[family]();
}

async function startFamilyDovecot(): Promise<FamilyServer> {
  const pair = await startDovecot();
  const { port } = pair.destination;
  let taken = 0;
  return { family: 'dovecot', port, newcomer: async () => ({ port, user: `d${++taken}` }), stop: () => pair.stop() };
}
