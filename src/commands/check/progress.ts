import type { CheckWatch } from '../../engine/check/check-watch.js';
import { plural, showCount } from '../../words/units.js';
import type { Stderr } from '../process/io.js';

/** Lines of progress over a whole plan. */
const STEPS = 20;

/** Lines on standard error while a check goes on. @param all  mailboxes of the plan */
export function progressIn(all: number, io: Stderr): CheckWatch {
  let done = 0;
  return {
    endpoint: () => undefined,
    begun: () => undefined,
    notTried: () => undefined,
    writing: () => undefined,
    async mailbox() {
      done++;
      if (done === all || done % Math.ceil(all / STEPS) === 0)
        await io.err.write(`checked ${showCount(done)} of ${plural(all, 'mailbox', 'mailboxes')}\n`);
    },
  };
}
