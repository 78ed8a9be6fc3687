import type { StoredFolder } from '../../bench/lab/account.js';
import { compareFolders } from '../../bench/lab/compare.js';
import type { Family } from '../../bench/lab/families/family.js';

/** The outcome of a round. All zeros, settled and with an entry for each difference: as promised. */
export interface Verdict {
  readonly compared: number;
  readonly missing: number;
  /** Also where an open failure names them: a double is a double. */
  readonly twice: number;
  /** In bytes, flags or date, or at the destination and nobody's. */
  readonly altered: number;
  /** Letters of others at the destination that are gone. */
  readonly foreignGone: number;
  /** Differences that no open failure tells of. */
  readonly withoutEntry: number;
  readonly settled: boolean;
}

export interface End {
  readonly source: readonly StoredFolder[];
  readonly destination: readonly StoredFolder[];
  /** SHA-256 of letters that others put into the destination. */
  readonly foreign: readonly string[];
  /** Exit code of the last `resume`. */
  readonly exit: number | null;
  /** The output of `errors`. */
  readonly openFailures: number;
}

export function judge(family: Family, { source, destination, foreign, exit, openFailures }: End): Verdict {
  const left = [...foreign];
  const own = destination.map((folder) => ({
    ...folder,
    messages:
      folder.messages?.filter(({ hash }) => {
        const at = left.indexOf(hash);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      }) ?? null,
  }));
  const { findings, source: compared } = compareFolders(source, own, (name) => name);
  const count = (...kinds: string[]) => findings.filter(({ what }) => kinds.includes(what)).length;
  // Alike but for what Cyrus and Courier are known to rewrite; Dovecot has to keep every byte.
  const rewritten = family === 'dovecot' ? 0 : count('altered');
  const differences = findings.length - rewritten + left.length;
  return {
    compared,
    missing: count('missing'),
    twice: count('duplicate'),
    altered: count('altered', 'flags', 'date', 'extra') - rewritten,
    foreignGone: left.length,
    withoutEntry: openFailures === 0 ? differences : 0,
    // Nobody refuses anything here: only a double may keep a mailbox from ending well.
    settled: exit === 0 || (exit === 3 && count('duplicate') > 0),
  };
}

/** The words of all that is wrong; none: nothing is. */
export function complaints(verdict: Verdict): string[] {
  const { missing, twice, altered, foreignGone, withoutEntry, settled } = verdict;
  const counted = { missing, twice, altered, 'foreign gone': foreignGone, 'without an entry': withoutEntry };
  return [
    ...Object.entries(counted)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`),
    ...(settled ? [] : ['not settled']),
  ];
}
