import { describe, expect, it } from 'vitest';
import { adviceSchema } from '../../../src/store/documents/advice-schema.js';
import { readDocument } from '../../../src/store/documents/document-kind.js';
import { type Cause, causeId, causesKind, readCause } from '../../../src/store/errors/cause.js';
import { emptyMailbox } from '../../../src/store/mailbox/mailbox-document.js';
import { mailboxKind } from '../../../src/store/mailbox/mailbox-kind.js';
import type { Verdict } from '../../../src/words/verdict.js';
import { EVERY_ADVICE } from '../../support/verdicts/every-advice.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';

const VERDICT = {
  kind: 'quota',
  code: 'OVERQUOTA',
  scope: 'mailbox',
  next: 'hold',
  waitSeconds: 0,
  rule: 'over-quota',
} as const satisfies Omit<Verdict, 'advice' | 'grounds'>;
const REASON = 'rule over-quota: code OVERQUOTA, after APPEND at the destination';
const CAUSE = {
  side: 'destination',
  command: 'APPEND',
  cause: 'NO [OVERQUOTA] Quota exceeded',
  sample: 'NO [OVERQUOTA] Quota exceeded',
} as const satisfies Omit<Cause, 'verdict'>;
const SENTENCE = 'The destination is full.';
const OLD = { ...VERDICT, advice: SENTENCE, reason: REASON };
const KEPT = {
  ...VERDICT,
  advice: { key: 'as-written', text: SENTENCE },
  grounds: { key: 'as-written', text: REASON },
} as const;

it.each(EVERY_ADVICE.map((advice) => [JSON.stringify(advice), advice] as const))(
  '%s is read as written',
  (_, advice) => {
    expect(adviceSchema.parse(JSON.parse(JSON.stringify(advice)))).toEqual(advice);
  },
);

it('is refused where it is none', () => {
  for (const odd of ['full mailbox', { key: 'mood' }, { key: 'too big' }, { key: 'password', side: 'source' }, null])
    expect(adviceSchema.safeParse(odd).success).toBe(false);
});

describe('a sentence of an earlier build is kept', () => {
  it('in the causes of 0.1.0, under the same name', () => {
    const cause = { ...CAUSE, verdict: OLD };
    const reading = readDocument(causesKind, JSON.stringify({ version: 1, causes: { abc: cause } }));
    const kept = { ...CAUSE, verdict: KEPT };
    expect(reading).toEqual({ kind: 'good', data: { version: 2, causes: { abc: kept } } });
    // Whoever wrote the ledger called it so: causes.json may be lost, and the log has it.
    expect(causeId(readCause(cause) ?? expect.unreachable())).toBe('462f289c10d0');
  });

  it('in a mailbox document of version 2: what it asks, and what helps against its trouble', () => {
    const trouble = {
      ...{ side: 'destination', command: 'APPEND', folder: null, response: CAUSE.sample },
      ...{ firstAt: 1, lastAt: 2, attempts: 1, inRow: 1, askedAt: null },
    } as const;
    const document = emptyMailbox('ann');
    const because = { key: 'told', text: 'full' } as const;
    const reading = readDocument(
      mailboxKind,
      JSON.stringify({
        ...document,
        state: { kind: 'held', because, asks: SENTENCE },
        trouble: { ...trouble, verdict: OLD },
      }),
    );
    expect(reading).toEqual({
      kind: 'good',
      data: {
        ...document,
        state: { kind: 'held', because, asks: KEPT.advice },
        trouble: { ...trouble, verdict: KEPT },
      },
    });
  });
});

it('the name of a cause does not hang on the order of the fields of its advice', () => {
  const [one, other] = [
    { key: 'folder breaks', side: 'source' } as const,
    { side: 'source', key: 'folder breaks' } as const,
  ].map((advice) => causeId({ ...CAUSE, verdict: { ...VERDICT, advice, grounds: OF_A_RESPONSE } }));
  expect(one).toBe(other);
  expect(one).not.toBe(
    causeId({
      ...CAUSE,
      verdict: { ...VERDICT, advice: { key: 'folder breaks', side: 'destination' }, grounds: OF_A_RESPONSE },
    }),
  );
});
