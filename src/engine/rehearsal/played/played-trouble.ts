import type { Batch, PlanRow } from '../../../store/batch/batch.js';
import type { PassRefusal } from '../../../store/mailbox/pass-schema.js';
import type { Clock, Random } from '../../../words/clock.js';
import { NO_COUNTS } from '../../../words/counts.js';
import type { Verdict } from '../../../words/verdict.js';
import { MailboxTrouble } from '../../mailbox/mailbox-trouble.js';
import { sequelOf } from '../../mailbox/trouble.js';
import { LONGEST_REST } from '../../responses/pace.js';
import type { PassFailure } from '../../responses/pass-failure.js';

/** Empty grounds, because nobody reads why a played refusal was read so. */
const NONE: Verdict['grounds'] = { key: 'as-written', text: '' };

/** A refusal as the governor and the pace of rests take it. */
export function failureOf({ side, kind, scope, rule, waitSeconds, during }: PassRefusal): PassFailure {
  return {
    side,
    command: during === 'login' ? 'LOGIN' : side === 'source' ? 'UID FETCH' : 'APPEND',
    folder: null,
    response: '',
    verdict: { kind, code: null, scope, next: 'wait', waitSeconds, advice: { key: 'throttled' }, rule, grounds: NONE },
    goes: 'rest',
  };
}

/** The trouble of one mailbox in a played night: it rests as the engine lets it rest. */
export class PlayedTrouble {
  readonly #trouble: MailboxTrouble;

  constructor(
    row: PlanRow,
    private readonly parts: { readonly batch: Batch; readonly clock: Clock; readonly random: Random },
  ) {
    const { batch, clock } = parts;
    this.#trouble = new MailboxTrouble({ batch, row, record: { data: { trouble: null, counts: NO_COUNTS } }, clock });
  }

  /** @param settled  messages settled by now. @returns milliseconds of rest */
  meet(failure: PassFailure, settled: number): number {
    const { clock, random } = this.parts;
    const trouble = this.#trouble.meet(failure, settled);
    const sequel = sequelOf(trouble, failure.goes, clock.now(), random());
    switch (sequel.do) {
      case 'again at once':
        return 0;
      case 'rest':
        return sequel.for;
      // An operator acts at a time that nobody knows, so the longest rest stands for it.
      case 'hold':
        return LONGEST_REST;
    }
  }
}
