import { LineSink } from '../../src/commands/output/line-sink.js';
import type { MakePrinter } from '../../src/commands/output/printer.js';
import { NO_COUNTS } from '../../src/protocol/entities.js';
import type { EngineEvent, FailureLine } from '../../src/protocol/events.js';
import { aMailbox } from '../support/fake-engine.js';
import { OF_A_RESPONSE } from '../support/verdicts/grounds.js';
import { Paper } from './an-operator.js';

/** A printer on paper, and its clock. */
export function aPrinter(make: MakePrinter) {
  const paper = new Paper();
  const sink = new LineSink(paper);
  const time = { now: Date.UTC(2026, 2, 1, 23, 12, 5) };
  const printer = make(sink, () => time.now, 'school');
  const show = async (...events: EngineEvent[]) => {
    for (const event of events) printer.show(event);
    if (!paper.stalled) await sink.drained();
  };
  return { paper, sink, time, show };
}

export const copying = (left: number, email = 'ann@new.example'): EngineEvent => ({
  type: 'mailbox',
  mailbox: aMailbox('ann', {
    email,
    state: { kind: 'copying' },
    folder: 'INBOX',
    folders: [
      {
        source: 'INBOX',
        destination: 'INBOX',
        counts: { ...NO_COUNTS, total: 5_000, left, bytesCopied: 2_097_152 },
        way: null,
      },
    ],
  }),
});

export const VERDICT = {
  kind: 'quota',
  code: 'OVERQUOTA',
  scope: 'mailbox',
  next: 'hold',
  waitSeconds: 0,
  advice: { key: 'as-written', text: 'raise the quota' },
  rule: 'r',
  grounds: OF_A_RESPONSE,
} as const;

export const failure = (change: Partial<FailureLine> = {}): EngineEvent => ({
  type: 'failure',
  failure: {
    at: 0,
    mailbox: 'ann@new.example',
    side: 'destination',
    command: 'APPEND',
    folder: 'INBOX',
    uids: '5:9',
    destinationUids: '',
    count: 5,
    response: 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
    verdict: VERDICT,
    ...change,
  },
});
