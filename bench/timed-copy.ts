import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contender } from './contender.js';
import { compareAccounts, comparisonText, isFaithful } from './lab/compare.js';
import type { Profile } from './lab/corpus.js';
import { PASSWORD } from './lab/dovecot.js';
import { fill } from './lab/fill.js';
import type { Line } from './line.js';
import { measure } from './measure.js';
import type { Result } from './result.js';
import type { BenchServers } from './servers.js';

/** An account that is filled once and copied by everyone. */
export interface Filled {
  readonly user: string;
  readonly messages: number;
  readonly bytes: number;
}

/** Where a copy goes, and what the tool remembers of it. */
export interface Place {
  readonly destinationUser: string;
  readonly state: string;
}

export async function filled(servers: BenchServers, user: string, profile: Profile, limit: number): Promise<Filled> {
  const target = { port: servers.source.port, user, password: PASSWORD };
  return { user, ...(await fill(target, profile, { limit })) };
}

let count = 0;

/** A destination account and a state folder that nobody used before. The caller removes the folder. */
export async function freshPlace(servers: BenchServers): Promise<Place> {
  return { destinationUser: `copy${++count}`, state: await mkdtemp(join(servers.dir, 'run-')) };
}

/** One timed copy, then both sides compared straight on the servers. */
export async function timedCopy(
  servers: BenchServers,
  line: Line,
  contender: Contender,
  account: Filled,
  place: Place,
  limitSeconds: number,
): Promise<Result> {
  const task = { servers, line, sourceUser: account.user, password: PASSWORD, ...place };
  const usage = await measure(await contender.command(task), place.state, limitSeconds * 1000);
  const compared = await compareAccounts(
    { port: servers.source.port, user: account.user, password: PASSWORD },
    { port: servers.destination.port, user: place.destinationUser, password: PASSWORD },
  );
  const differs = isFaithful(compared) ? null : comparisonText(compared);
  return { tool: contender.name, messages: account.messages, bytes: account.bytes, usage, differs };
}

/** The same into a fresh place, of which nothing is kept. */
export async function timedFreshCopy(
  servers: BenchServers,
  line: Line,
  contender: Contender,
  account: Filled,
  limitSeconds: number,
): Promise<Result> {
  const place = await freshPlace(servers);
  try {
    return await timedCopy(servers, line, contender, account, place, limitSeconds);
  } finally {
    await rm(place.state, { recursive: true, force: true });
  }
}
