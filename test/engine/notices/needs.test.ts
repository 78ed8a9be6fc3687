import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { News } from '../../../src/engine/notices/notice.js';
import { type MailboxEntity, NO_COUNTS } from '../../../src/protocol/entities.js';
import { said } from '../../support/a-reason.js';
import { AWatch, inState, MINUTE, refused, SECOND } from './a-watch.js';

let watch: AWatch;

const copying = (id: string) => inState(id, { kind: 'copying' });

const synced = (id: string) => inState(id, { kind: 'synced', at: 0 });

const needs = (news: readonly News[]) => news.filter((one) => one.event === 'needs-you');

beforeEach(() => {
  watch = new AWatch();
});

describe('a mailbox that needs its operator', () => {
  it('is told of once, with all that met the same within ten seconds', () => {
    watch.mailboxes = [refused('ann'), copying('bob'), copying('eve')];
    expect(watch.passes(5 * SECOND)).toEqual([]);
    watch.mailboxes = [refused('ann'), refused('bob'), copying('eve')];
    const [only, ...more] = watch.passes(10 * MINUTE);
    expect(only).toMatchObject({
      event: 'needs-you',
      cause: { kind: 'password', side: 'source', code: 'AUTHENTICATIONFAILED' },
      mailboxes: 2,
      fresh: 2,
      examples: ['ann@new.example', 'bob@new.example'],
    });
    expect(more).toEqual([]);
    expect(watch.told[0]?.at).toBe(10 * SECOND);
  });

  it('is told of together with earlier ones, after growing pauses', () => {
    const all = Array.from({ length: 500 }, (_, i) => `user${i}`);
    const resting = inState('last', { kind: 'backing-off', until: 0, because: { key: 'turn' } });
    for (let n = 1; n <= 500; n++) {
      watch.mailboxes = [...all.slice(0, n).map((id) => refused(id)), resting];
      watch.passes(20 * SECOND);
    }
    const at = watch.told.map((one) => one.at);
    const gaps = at.slice(1).map((one, i) => one - at[i]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MINUTE);
    expect(at.length).toBeLessThan(14);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(31 * MINUTE);
    const fresh = needs(watch.told.map(({ news }) => news)).reduce((sum, one) => sum + one.fresh, 0);
    watch.passes(31 * MINUTE);
    expect(needs(watch.told.map(({ news }) => news)).reduce((sum, one) => sum + one.fresh, 0)).toBe(500);
    expect(fresh).toBeGreaterThan(0);
  });

  it('is told of with mailboxes that were held together with it and met nothing themselves', () => {
    const state = {
      kind: 'held',
      because: said('source', 'certificate has expired'),
      asks: { key: 'as-written', text: 'Trust it by name.' },
    } as const;
    watch.mailboxes = [inState('bob', state), inState('ann', state), inState('eve', state)];
    expect(watch.passes(MINUTE)).toMatchObject([{ mailboxes: 3, cause: { kind: 'held', side: 'source' } }]);
  });

  it('is not told of again by an engine that tries it once more', () => {
    watch.mailboxes = [refused('ann'), copying('bob')];
    watch.passes(MINUTE);
    watch.restarts();
    watch.mailboxes = [inState('ann', { kind: 'connecting' }), copying('bob')];
    expect(watch.passes(MINUTE)).toEqual([]);
    watch.mailboxes = [refused('ann'), copying('bob')];
    expect(watch.passes(60 * MINUTE).filter(({ event }) => event === 'needs-you')).toEqual([]);
  });

  it('is told of again when it went on and met the same further on', () => {
    watch.mailboxes = [refused('ann')];
    watch.passes(MINUTE);
    watch.restarts();
    watch.mailboxes = [refused('ann', { counts: { ...NO_COUNTS, total: 10, copied: 7, left: 3 } })];
    expect(watch.passes(MINUTE)).toMatchObject([{ event: 'needs-you', messages: 3 }]);
  });

  it('is told of again when it was well in between', () => {
    watch.mailboxes = [refused('ann'), copying('bob')];
    watch.passes(MINUTE);
    watch.mailboxes = [synced('ann'), copying('bob')];
    watch.passes(MINUTE);
    watch.mailboxes = [refused('ann'), copying('bob')];
    expect(needs(watch.passes(2 * MINUTE))).toHaveLength(1);
  });

  it('is told of for another cause', () => {
    watch.mailboxes = [refused('ann'), copying('bob')];
    watch.passes(MINUTE);
    watch.mailboxes = [
      inState('ann', {
        kind: 'held',
        because: said('destination', 'NO [OVERQUOTA] full'),
        asks: { key: 'as-written', text: 'Make room.' },
      }),
      copying('bob'),
    ];
    expect(needs(watch.passes(MINUTE))).toMatchObject([{ cause: { kind: 'held', code: 'OVERQUOTA' } }]);
  });

  it('is told of at once when the engine ends, before the end', () => {
    watch.mailboxes = [copying('ann')];
    watch.passes(MINUTE);
    watch.mailboxes = [
      inState('ann', {
        kind: 'incomplete',
        at: 0,
        left: 5,
        because: { key: 'short', by: [{ kind: 'left', messages: 5, folders: 1 }] },
      }),
    ];
    expect(watch.look(3)).toMatchObject([
      { event: 'needs-you', cause: { kind: 'incomplete' }, messages: 5, engine: 'ended' },
      { event: 'ended', verdict: 'errors-open', exitCode: 3 },
    ]);
  });

  it('is told of once at each mark, whatever happens in between, and always in the end (property)', () => {
    const step = fc.record({
      which: fc.integer({ min: 0, max: 4 }),
      what: fc.constantFrom('refused', 'copying', 'restart', 'backing-off'),
      ms: fc.integer({ min: 0, max: 5 * MINUTE }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const one = new AWatch();
        const mailboxes: MailboxEntity[] = [0, 1, 2, 3, 4].map((n) => copying(`user${n}`));
        for (const { which, what, ms } of steps) {
          if (what === 'restart') one.restarts();
          else if (what === 'refused') mailboxes[which] = refused(`user${which}`);
          else if (what === 'copying') mailboxes[which] = copying(`user${which}`);
          else mailboxes[which] = inState(`user${which}`, { kind: 'backing-off', until: 0, because: { key: 'turn' } });
          one.mailboxes = [...mailboxes];
          one.passes(ms);
        }
        one.passes(60 * MINUTE);
        const fresh = needs(one.told.map(({ news }) => news)).flatMap(({ examples }) => examples);
        expect(new Set(fresh).size).toBe(fresh.length);
        const held = one.mailboxes.filter(({ state }) => state.kind === 'held').map(({ email }) => email);
        expect(fresh).toEqual(expect.arrayContaining(held));
      }),
    );
  });
});
