import type { LiteralWay } from '../grammar/piece.js';
import { type AnsweredAlone, isBusy, isOfNoOpenFolder } from './flow.js';
import type { Pending } from './pending.js';
import type { Tagged } from './tagged.js';

/** A connection, as far as it matters for commands that were refused behind others. */
interface Asking {
  readonly literals: LiteralWay;
  asksAgain(answer: Tagged): boolean;
  answeredAlone(how: AnsweredAlone): void;
}

/**
 * Sends a refused command again, alone, where that may help: it was refused behind another one, and needs no open
 * folder.
 *
 * @returns the command as it is sent again; null where its answer counts
 */
export function againAlone(pending: Pending, answer: Tagged, asking: Asking): Pending | null {
  const { name, listener, resolve } = pending;
  // A message may be refused for its content. One that did not wait for `+` may have been read as commands.
  const isRefusedMessage =
    name === 'APPEND' &&
    !isBusy(answer.line) &&
    (answer.status !== 'BAD' || (listener.literals ?? asking.literals) !== 'sync');
  if (!isOfNoOpenFolder(name) || isRefusedMessage || !asking.asksAgain(answer)) return null;
  return {
    ...pending,
    turn: 'alone',
    resolve: (again) => {
      asking.answeredAlone(again.status === 'OK' ? 'served' : 'refused');
      resolve(again);
    },
    sentAt: null,
    isBegun: false,
    behind: 'nothing',
    spared: 'nothing',
    goOn: null,
  };
}
