import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, type Response } from '../../../src/engine/responses/classify.js';
import {
  type Correction,
  classifierWith,
  correctorFor,
  patternOf,
  whyRefused,
} from '../../../src/engine/responses/corrections.js';
import { restAfter } from '../../../src/engine/responses/pace.js';
import { groundsText } from '../../../src/words/grounds/grounds-text.js';
import { SIDES } from '../../../src/words/side.js';
import { KINDS, type Kind, type Verdict } from '../../../src/words/verdict.js';
import { responseOf, samplesIn } from './samples.js';

const AT = Date.UTC(2026, 2, 1, 2, 17, 5);

/** The words of an operator looking at this response. */
function says(response: Response, kind: Kind, more: Partial<Correction> = {}): Correction {
  const pattern = patternOf(response, classify(response));
  return { id: 'c1', at: AT, by: 'ann', pattern, kind, sample: response.line, ...more };
}

const append = (line: string): Response => ({ line, command: 'APPEND', side: 'destination' });
const REFUSED = append('A7 NO [LIMIT] APPEND of message 4711 refused at 10.1.2.3');
const ALIKE = append('B12 NO [LIMIT] APPEND of message 815 refused at 10.9.8.7');

describe('a correction', () => {
  it('holds for responses that differ only in tag, numbers and addresses, and gives the pace of the new kind', () => {
    const read = classifierWith([says(REFUSED, 'transient')]);
    expect(classify(ALIKE)).toMatchObject({ kind: 'message-policy', next: 'skip-message' });
    const verdict = read(ALIKE);
    expect(verdict).toMatchObject({ kind: 'transient', scope: 'mailbox', next: 'retry', code: 'LIMIT' });
    expect(restAfter(verdict, 1, 0.5)).toBeLessThan(5000);
  });

  it('names itself, who said it and when, and what the rules would have said', () => {
    const verdict = classifierWith([says(REFUSED, 'transient')])(ALIKE);
    expect(verdict.rule).toBe('operator');
    const reason = groundsText(verdict);
    for (const word of ['c1', 'ann', '2026-03-01 02:17:05 UTC', 'message 4711', 'limit-message', 'message-policy'])
      expect(reason).toContain(word);
  });

  it('holds for lists of numbers of any length, also where an earlier build took it', () => {
    const timed = (secs: string) => append(`NO [LIMIT] too large (${secs} secs).`);
    const said = says(timed('0.1 + 0.2'), 'transient');
    const earlier = { ...said, pattern: { ...said.pattern, cause: 'NO [LIMIT] too large (# + # secs).' } };
    expect(said.pattern.cause).toBe('NO [LIMIT] too large (# secs).');
    for (const correction of [said, earlier])
      expect(classifierWith([correction])(timed('0.1 + 0.2 + 0.3')).kind).toBe('transient');
  });

  it('leaves other sides, other kinds of commands, other words and other codes alone', () => {
    const read = classifierWith([says(REFUSED, 'transient')]);
    for (const other of [
      { ...ALIKE, side: 'source' as const },
      { ...ALIKE, command: 'CREATE' },
      append('NO [LIMIT] APPEND of message 1 rejected at 10.1.2.3'),
      append('NO [TOOBIG] APPEND of message 1 refused at 10.1.2.3'),
    ])
      expect(read(other)).toEqual(classify(other));
  });

  it('takes commands that fail alike for the same: SELECT and EXAMINE, with arguments or without', () => {
    const opened: Response = { line: 'NO Cannot do that now', command: 'SELECT', side: 'source' };
    const read = classifierWith([says(opened, 'mailbox-state')]);
    expect(read({ ...opened, command: 'examine "INBOX"' }).kind).toBe('mailbox-state');
  });

  it('keeps the wait that the server named, and that the whole endpoint is concerned', () => {
    const busy: Response = { line: '* BYE Too many connections, wait 120 seconds', command: 'connect', side: 'source' };
    expect(classifierWith([says(busy, 'mailbox-state')])(busy)).toMatchObject({
      kind: 'mailbox-state',
      scope: 'endpoint',
      waitSeconds: 120,
    });
  });

  it('counts as last said, and not at all once it is removed', () => {
    const first = says(REFUSED, 'transient');
    const later = says(REFUSED, 'quota', { id: 'c2', at: AT + 1 });
    expect(classifierWith([later, first])(ALIKE).kind).toBe('quota');
    expect(classifierWith([first])(ALIKE).kind).toBe('transient');
    expect(classifierWith([])(ALIKE)).toEqual(classify(ALIKE));
  });

  it('finds what the error ledger recorded of a dead line, which no rule for responses read', () => {
    const lost: Response = { line: 'read ECONNRESET', command: 'connection', side: 'source' };
    const verdict: Verdict = { ...classify(lost), rule: 'line-broken', kind: 'transient' };
    const corrected = correctorFor([says(lost, 'throttled')])(verdict, lost);
    expect(corrected).toMatchObject({ kind: 'throttled', next: 'wait', rule: 'operator' });
  });

  it('shows no control character of what was stored, for a file may have been edited', () => {
    const odd = says(REFUSED, 'transient', {
      by: 'ann\u001b[2J',
      id: '\u009b31m',
      sample: 'NO \u001b]0;x\u0007',
      at: Number.NaN,
    });
    expect(groundsText(classifierWith([odd])(REFUSED))).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});

describe('what may not be corrected', () => {
  const refusal = (response: Response, kind: Kind) =>
    whyRefused(patternOf(response, classify(response)), kind, classify(response));

  it.each<[string, string | null, 'source' | 'destination', Kind, RegExp]>([
    ['A1 OK [OVERQUOTA] Over quota soon', 'APPEND', 'destination', 'quota', /succeeded/],
    ['NO Mailbox already exists', 'CREATE', 'destination', 'transient', /succeeded/],
    ['NO FETCH failed', 'UID FETCH', 'source', 'missing', /list of messages/],
    ['NO FETCH failed', 'UID FETCH', 'source', 'quota', /cannot come of UID FETCH/],
    ['NO No such mailbox', 'SELECT', 'source', 'message-policy', /cannot come of SELECT/],
    ['NO Login failed', 'LOGIN', 'source', 'folder', /cannot come of LOGIN/],
    ['NO Not now', 'APPEND', 'destination', 'auth', /cannot come of APPEND/],
    ['NO LIST failed', 'LIST', 'source', 'client-bug', /count as done/],
    ['NO Server Unavailable', 'UID FETCH', 'destination', 'corruption', /second time/],
    ['NO Login failed', 'LOGIN', 'source', 'transient', /locked out; mailbox-state or throttled/],
  ])('%s after %s at the %s as %s', (line, command, side, kind, why) => {
    const response: Response = { line, command, side };
    expect(refusal(response, kind)).toMatch(why);
    expect(classifierWith([says(response, kind)])(response)).toEqual(classify(response));
  });

  it('is what the engine found out itself', () => {
    const found: Verdict = { ...classify(REFUSED), rule: 'engine:too-big' };
    expect(whyRefused(patternOf(REFUSED, found), 'transient', found)).toMatch(/Nightferry/);
  });

  it('a refused login may wait longer, and what was taken for gone may be tried again', () => {
    expect(refusal({ line: 'NO Login failed', command: 'LOGIN', side: 'source' }, 'mailbox-state')).toBeNull();
    expect(refusal({ line: 'NO No matching messages', command: 'UID FETCH', side: 'source' }, 'transient')).toBeNull();
  });

  it('nothing that failed is ever ignored, or noted where mail or folders hang on it', () => {
    const samples = [...samplesIn('./responses.jsonl'), ...samplesIn('./further-lines.jsonl')].map(responseOf);
    const commands = [
      'APPEND',
      'COPY',
      'UID FETCH',
      'SELECT',
      'CREATE',
      'LIST',
      'LOGIN',
      'connect',
      'connection',
      null,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.constantFrom(...commands),
        fc.constantFrom(...SIDES),
        fc.constantFrom(...KINDS),
        ({ line }, command, side, kind) => {
          const response: Response = { line, command, side };
          const before = classify(response);
          const after = classifierWith([says(response, kind)])(response);
          if (after.rule !== 'operator') expect(after).toEqual(before);
          else expect(['retry', 'wait', 'hold', 'skip-message', 'skip-folder']).toContain(after.next);
          expect(after.waitSeconds).toBe(before.waitSeconds);
          expect(groundsText(after).length).toBeLessThan(500);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
