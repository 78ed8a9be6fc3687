import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Cause, causeId, readCause } from './cause.js';
import { causeOf, formerCauseOf, LONGEST_RESPONSE } from './response-cause.js';

/** The rule of a cause that stands in for one that was lost. */
export const LOST_RULE = 'store:cause-lost';

/**
 * Finds lost causes in the log of a batch, which has every failure as it was entered.
 *
 * @param dir  the batch's
 * @param ids  what ledgers call them
 * @returns those that were found; a log that cannot be read has none
 */
export async function recallCauses(dir: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Cause>> {
  const found = new Map<string, Cause>();
  for (const file of await logsOf(dir)) {
    if (found.size === ids.size) break;
    await recallFrom(file, ids, found).catch(() => undefined);
  }
  return found;
}

/** The log files, oldest first: a cause's sample is the first response of it. */
async function logsOf(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  const age = (name: string) => Number(/^events\.(\d+)\.jsonl$/.exec(name)?.[1] ?? 0);
  return names
    .filter((name) => /^events(\.\d+)?\.jsonl$/.test(name))
    .sort((a, b) => age(b) - age(a))
    .map((name) => join(dir, name));
}

async function recallFrom(file: string, ids: ReadonlySet<string>, found: Map<string, Cause>): Promise<void> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    for (const cause of line.includes('"failure"') ? causesIn(line) : []) {
      const id = causeId(cause);
      if (ids.has(id) && !found.has(id)) found.set(id, cause);
    }
  }
}

/** The causes of a failure: under its present name, and under the one that an earlier build gave it. */
function causesIn(line: string): readonly Cause[] {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return []; // a crash cut it off
  }
  if (typeof event !== 'object' || event === null || !('response' in event) || typeof event.response !== 'string')
    return [];
  const { side, command, verdict } = event as Readonly<Record<string, unknown>>;
  const sample = event.response.slice(0, LONGEST_RESPONSE);
  const read = readCause({ side, command, cause: causeOf(sample), sample, verdict });
  if (read === null) return [];
  const cause = { ...read, verdict: { ...read.verdict, waitSeconds: 0 } };
  return [cause, { ...cause, cause: formerCauseOf(sample) }];
}

/** Makes a cause that takes the place of a lost one. Its messages stay open, and are tried again like all others. */
export function standIn(id: string): Cause {
  return {
    side: 'destination',
    command: 'unknown',
    // Two lost causes stay two entries.
    cause: `cause ${id}, no longer known`,
    sample: 'Why this failed is no longer known: causes.json was lost.',
    verdict: {
      kind: 'transient',
      code: null,
      scope: 'message',
      next: 'skip-message',
      waitSeconds: 0,
      advice: { key: 'cause lost' },
      rule: LOST_RULE,
      grounds: { key: 'cause lost' },
    },
  };
}
