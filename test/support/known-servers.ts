import { knownServer } from '../../src/engine/profiles/find.js';
import type { KnownServer } from '../../src/engine/profiles/profile.js';
import { NO_LIMITS } from '../../src/store/batch/limits.js';

/** A server by nothing but its greeting. */
export function greetsAs(greeting: string): KnownServer {
  return knownServer(NO_LIMITS, { host: 'mail.example', greeting, id: '', capabilities: new Set() });
}

/** A server of which nothing is known. */
export const UNKNOWN_SERVER = greetsAs('');
