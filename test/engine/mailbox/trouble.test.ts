import { describe, expect, it } from 'vitest';
import { asksAt, meet, sequelOf, takeUp } from '../../../src/engine/mailbox/trouble.js';
import { classify } from '../../../src/engine/responses/classify.js';
import { classifyError } from '../../../src/engine/responses/classify-error.js';
import type { PassFailure } from '../../../src/engine/responses/pass-failure.js';
import { providerOf } from '../../../src/engine/responses/provider-text.js';
import type { Trouble } from '../../../src/store/errors/trouble.js';
import type { Side } from '../../../src/words/side.js';

const NIGHT = Date.UTC(2026, 0, 15, 22);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function failure(line: string, command = 'EXAMINE', side: Side = 'source', goes: PassFailure['goes'] = 'rest') {
  return { side, command, folder: null, response: line, verdict: classify({ line, command, side }), goes } as const;
}

const REPAIR = failure('NO [UNAVAILABLE] Mailbox is being repaired');
const BUSY = failure('NO [UNAVAILABLE] Busy');
const DOWN = failure('* BYE [UNAVAILABLE] Down for maintenance', 'connect');

/** The sequels of these failures, one after the other, each when the rest is over. */
function play(failures: readonly PassFailure[], random = 0.999) {
  let trouble: Trouble | null = null;
  let now = NIGHT;
  return failures.map((one) => {
    trouble = meet(trouble, one, now);
    const sequel = sequelOf(trouble, one.goes, now, random);
    if (sequel.do === 'rest') now += sequel.for;
    return sequel.do === 'rest' ? Math.round(sequel.for / MINUTE) : sequel.do;
  });
}

const times = (count: number, one: PassFailure) => Array.from({ length: count }, () => one);

describe('what follows from a failure', () => {
  it('of a mailbox in repair: 5, 10, 20, then 30 minutes, and that for two days without giving up', () => {
    expect(play(times(5, REPAIR))).toEqual([5, 10, 20, 30, 30]);
    expect(new Set(play(times(100, REPAIR)).slice(3))).toEqual(new Set([30]));
  });

  it('that passes: tried for a day, then the operator has to say', () => {
    const all = play(times(70, BUSY));
    expect(all.slice(0, 3)).toEqual([0, 0, 0]);
    const held = all.indexOf('hold');
    expect(all.slice(12, held).every((minutes) => minutes === 30)).toBe(true);
    expect(held).toBeGreaterThan(48);
    expect(held).toBeLessThan(65);
  });

  it('begins anew where it is of another kind', () => {
    expect(play([...times(12, BUSY), REPAIR, REPAIR]).slice(-2)).toEqual([5, 10]);
  });

  it('adds up where a broken back end drops lines and reports faults by turns', () => {
    const closed: PassFailure = {
      ...failure('the connection was closed', 'connection'),
      verdict: classifyError({ error: { code: 'ECONNRESET' }, command: null, side: 'source' }),
    };
    const internal = failure('* BYE Internal error', 'connection');
    expect([closed, internal].map(({ verdict }) => verdict.kind)).toEqual(['transient', 'server-bug']);
    const rests = play(Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? closed : internal)));
    expect(rests.slice(0, 4)).toEqual([0, 1, 0, 5]);
    expect(rests.slice(-2)).toEqual([30, 30]);
    expect(rests.reduce<number>((sum, rest) => sum + Number(rest), 0)).toBeGreaterThan(60);
  });

  it('of the whole endpoint is not counted to the mailbox', () => {
    expect(play([DOWN, DOWN, DOWN, REPAIR])).toEqual([5, 10, 20, 5]);
  });

  it('obeys a wait of a day, and asks when it is named again', () => {
    const day = failure('NO Request is throttled. Try again in 36 hours', 'UID FETCH');
    expect(play([day, day])).toEqual([24 * 60, 'hold']);
    expect(asksAt(meet(null, day, NIGHT))).toBe(NIGHT);
  });

  it('that is nobody’s fault is again at once, twice', () => {
    const outOfStep = failure('BAD Parse error', 'APPEND', 'destination', 'now');
    expect(play(times(3, outOfStep))).toEqual(['again at once', 'again at once', 5]);
  });

  it('that is our own fault is said three times, and no fourth', () => {
    const bug = failure('BAD Unknown command', 'NAMESPACE');
    expect(bug.verdict.kind).toBe('client-bug');
    expect(play(times(3, bug)).at(-1)).toBe('hold');
  });

  it('takes as many times longer as the operator decided, and never over a day', () => {
    const trouble = meet(null, REPAIR, NIGHT);
    expect(sequelOf(trouble, 'rest', NIGHT, 0, 4)).toEqual({ do: 'rest', for: 20 * MINUTE });
    expect(sequelOf(trouble, 'rest', NIGHT, 0, 1e6)).toEqual({ do: 'rest', for: 24 * HOUR });
  });
});

describe('how long it lasts', () => {
  it('is counted over all attempts at one server', () => {
    const trouble = [BUSY, REPAIR, REPAIR].reduce<Trouble | null>((t, one, i) => meet(t, one, NIGHT + i), null);
    expect(trouble).toMatchObject({ firstAt: NIGHT, lastAt: NIGHT + 2, attempts: 3, inRow: 2 });
  });

  it('begins anew at the other server: its provider knows nothing of the first', () => {
    const trouble = meet(meet(null, REPAIR, NIGHT), { ...REPAIR, side: 'destination' }, NIGHT + HOUR);
    expect(trouble).toMatchObject({ firstAt: NIGHT + HOUR, attempts: 1, askedAt: null });
  });

  it('goes on over a restart within the hour, tried and asked about as if it were new', () => {
    const left: Trouble = { ...meet(meet(null, REPAIR, NIGHT), REPAIR, NIGHT + HOUR), askedAt: NIGHT + HOUR };
    const again = takeUp(left, NIGHT + 2 * HOUR);
    expect(meet(again, REPAIR, NIGHT + 2 * HOUR)).toMatchObject({
      firstAt: NIGHT,
      attempts: 3,
      inRow: 1,
      askedAt: null,
    });
    expect(takeUp(left, NIGHT + 3 * HOUR)).toBeNull();
    expect(takeUp(null, NIGHT)).toBeNull();
  });

  it('is asked about by the first try that shows that an hour was not enough', () => {
    const since = meet(null, REPAIR, NIGHT);
    expect(asksAt(since)).toBeNull();
    expect(asksAt(meet(since, REPAIR, NIGHT + 59 * MINUTE))).toBeNull();
    expect(asksAt(meet(since, REPAIR, NIGHT + 65 * MINUTE))).toBe(NIGHT + 65 * MINUTE);
  });

  it('is asked about after an hour where the server itself said that it lasts longer', () => {
    const named = failure('NO Request is throttled. Try again in 5 hours', 'UID FETCH');
    expect(asksAt(meet(null, named, NIGHT))).toBe(NIGHT + HOUR);
  });
});

describe('the letter to the provider', () => {
  const batch = { source: { host: 'mail.old.example' }, destination: { host: 'mail.new.example' } };
  const row = { email: 'ann@new.example', sourceUser: 'a.smith@old.example', destinationUser: 'ann' };
  const asked = { ...meet(null, REPAIR, NIGHT), askedAt: NIGHT + HOUR };
  const letter = (trouble: Trouble | null) => providerOf(trouble, batch, row);

  it('is there when the operator was asked, and not before', () => {
    expect(letter({ ...asked, askedAt: null })).toBeNull();
    expect(letter(null)).toBeNull();
    expect(letter(asked)).toMatchObject({ since: NIGHT });
  });

  it('names the mailbox as that provider knows it, its server, and the exact response', () => {
    const text = letter(asked)?.text ?? '';
    expect(text).toContain('Mailbox: a.smith@old.example\nServer: mail.old.example (source of the migration)');
    expect(text).toContain('First failure: 2026-01-15 22:00:00 UTC');
    expect(text).toContain('Response: NO [UNAVAILABLE] Mailbox is being repaired\n');
    expect(letter({ ...asked, side: 'destination' })?.text).toContain('Mailbox: ann@new.example\nServer: mail.new');
  });

  it('is none where no provider can help', () => {
    expect(letter({ ...asked, verdict: { ...asked.verdict, rule: 'engine:credential-missing' } })).toBeNull();
  });
});
