import type { Contender } from './contender.js';
import { dsync } from './contender-dsync.js';
import { imapsync } from './contender-imapsync.js';
import { mbsync } from './contender-mbsync.js';
import { naive, ours } from './contender-node.js';
import type { BenchServers } from './servers.js';

/** All that are timed, ours first; the naive loop is what the others are measured by. */
export function contenders(servers: BenchServers): readonly Contender[] {
  return [ours, naive, mbsync(), dsync(servers), imapsync()];
}

export const YARDSTICK = naive.name;
