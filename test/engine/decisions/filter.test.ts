import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../src/engine/decisions/filter.js';
import { BadInput } from '../../../src/words/bad-input.js';
import type { EntryFacts } from '../../../src/words/decision.js';

const full: EntryFacts = {
  mailbox: 'ann@new.example',
  side: 'destination',
  command: 'APPEND',
  folder: 'Old mail/2019',
  code: 'OVERQUOTA',
  kind: 'quota',
  rule: 'code-overquota',
  response: 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
};
const policy: EntryFacts = {
  mailbox: 'bob@new.example',
  side: 'source',
  command: 'UID FETCH',
  folder: null,
  code: null,
  kind: 'message-policy',
  rule: 'engine:expunged-as-deleted',
  response: 'NO Nachricht abgelehnt (a.b)',
};

describe('a filter', () => {
  it.each([
    ['', true, true],
    ['   ', true, true],
    ['code:OVERQUOTA', true, false],
    ['CODE:overquota', true, false],
    ['!code:OVERQUOTA', false, true],
    ['code:OVERQUOTA,TOOBIG', true, false],
    ['code:none', false, true],
    ['!code:none', true, false],
    ['code:OVER', false, false],
    ['code:over*', true, false],
    ['kind:quota,message-policy', true, true],
    ['kind:message-*', false, true],
    ['side:dest', true, false],
    ['side:src', false, true],
    ['mailbox:ann@*', true, false],
    ['mailbox:ann', false, false],
    ['folder:"Old mail/2019"', true, false],
    ['folder:"Old mail*"', true, false],
    ['command:"UID FETCH"', false, true],
    ['quota', true, false],
    ['"for user"', true, false],
    ['ABGELEHNT', false, true],
    ['!abgelehnt side:src', false, false],
    ['(a.b)', false, true],
    ['(a?b)', false, false],
    ['mailbox:*.example code:none', false, true],
    ['mailbox:b?b*', false, false],
    ['mailbox:ann*ann*', false, false],
    ['mailbox:a*@*example*', true, false],
    ['2019', true, false],
  ])('%s', (text, isFull, isPolicy) => {
    const filter = parseFilter(text);
    expect([filter(full), filter(policy)]).toEqual([isFull, isPolicy]);
  });

  it.each([
    ['side:left', 'no such side; there are source, destination'],
    ['kind:bad', 'no such kind'],
    ['code:', 'nothing stands behind the colon'],
    ['!', 'nothing stands behind !'],
    ['folder:"Old', 'a quote is not closed'],
  ])('that cannot be read is said in one line: %s', (text, why) => {
    expect(() => parseFilter(text)).toThrow(BadInput);
    expect(() => parseFilter(text)).toThrow(why);
  });

  it('asks for a rule, whose name has a colon', () => {
    expect(parseFilter('rule:engine:expunged-as-deleted')(policy)).toBe(true);
    expect(parseFilter('rule:engine:expunged-as-deleted')(full)).toBe(false);
  });

  it('does not try all ways to read a star', () => {
    const filter = parseFilter(`mailbox:${'*a'.repeat(30)}`);
    expect(filter({ ...full, mailbox: `${'a'.repeat(4_000)}b` })).toBe(false);
    expect(filter({ ...full, mailbox: 'a'.repeat(4_000) })).toBe(true);
  });
});
