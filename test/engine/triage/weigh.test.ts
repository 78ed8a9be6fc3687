import { describe, expect, it } from 'vitest';
import { namedIn, select } from '../../../src/engine/decisions/selection.js';
import { decidedOf } from '../../../src/engine/triage/about.js';
import { weigh } from '../../../src/engine/triage/weigh.js';
import { ErrorLedger } from '../../../src/store/errors/error-ledger.js';
import { BadInput } from '../../../src/words/bad-input.js';
import { decidedText } from '../../../src/words/decided-text.js';
import { type ActionRequest, EVERYTHING, type Selection } from '../../../src/words/decision.js';
import { NOW, OPEN, standings, twoMailboxes, verdict } from './ledgers.js';

const RETRY: ActionRequest = { do: 'retry', afterSeconds: 0, treatment: 'as-is' };

function weighed(action: ActionRequest, narrowed: Partial<Selection> = {}, now = NOW) {
  const selection = { ...EVERYTHING, ...narrowed };
  return weigh(select(twoMailboxes(), selection), action, selection, standings, now);
}

describe('a selection', () => {
  it('is of what is open: neither notes nor what was skipped or accepted', () => {
    const ledgers = twoMailboxes();
    ledgers[0]?.errors.skip('Sent', ledgers[0].errors.failed('Sent'));
    const selected = select(ledgers, EVERYTHING);
    expect(selected.map(({ email, uids }) => `${email} ${uids}`)).toEqual(['ann@x 1:8', 'bob@x 5:6', 'bob@x ']);
  });

  it('is narrowed by groups, entries and UIDs, all at once', () => {
    const ledgers = twoMailboxes();
    const uids = (narrowed: Partial<Selection>) =>
      select(ledgers, { ...EVERYTHING, ...narrowed }).map((one) => `${one.mailbox} ${one.uids}`);
    expect(uids({ groups: ['OVERQUOTA'] })).toEqual(['ann 1:8', 'ann 10:11']);
    expect(uids({ groups: ['kind message-policy', 'AUTHENTICATIONFAILED'] })).toEqual(['bob 5:6', 'bob ']);
    // Those of a kind without a code are a group of their own, by code.
    expect(uids({ groups: ['kind quota'] })).toEqual(['ann 1:8', 'ann 10:11']);
    expect(uids({ groups: ['no code: quota'] })).toEqual([]);
    expect(uids({ uids: '5:10' })).toEqual(['ann 5:8', 'ann 10', 'bob 5:6']);
    expect(uids({ groups: ['OVERQUOTA'], uids: '5:10', filter: 'folder:Sent' })).toEqual(['ann 10']);
    const entry = ledgers[1]?.errors.entries[0] ?? expect.unreachable();
    expect(uids({ entries: [namedIn('bob', entry)] })).toEqual(['bob 5:6']);
    expect(uids({ entries: [namedIn('ann', entry)] })).toEqual([]);
  });
});

describe('an order', () => {
  it('counts what it is about, and decides exactly that', () => {
    const { preview, decision } = weighed({ do: 'skip', why: ' too old ' });
    expect(preview).toMatchObject({ uids: 12, failures: 1, mailboxes: 2, folders: 3, releases: [] });
    expect(preview.about).toBe('OVERQUOTA, (message-policy) and 1 more codes');
    expect(decision.scope).toEqual([
      { mailbox: 'ann', folder: 'INBOX', uidValidity: '7', uids: '1:8', entry: null, state: 'waiting' },
      { mailbox: 'ann', folder: 'Sent', uidValidity: '7', uids: '10:11', entry: null, state: 'waiting' },
      { mailbox: 'bob', folder: 'INBOX', uidValidity: null, uids: '5:6', entry: null, state: 'waiting' },
      expect.objectContaining({ mailbox: 'bob', folder: null, uids: '' }),
    ]);
    expect(decision.action).toEqual({ do: 'skip', why: 'too old' });
  });

  it('to try a few first takes them from everywhere', () => {
    const { preview } = weighed({ do: 'try-first', first: 5, treatment: 'as-is' });
    expect(preview.first.map(({ mailbox, folder, uids }) => `${mailbox} ${folder} ${uids}`)).toEqual([
      'ann@x INBOX 1:2',
      'ann@x Sent 10',
      'bob@x INBOX 5:6',
    ]);
    expect(preview).toMatchObject({ firstCount: 5, uids: 12, releases: ['bob@x'] });
    expect(preview.warnings.join(' ')).toContain('1 failure is of a folder or a login');
  });

  it('to try a few first goes round the mailboxes, however many folders the first of them has', () => {
    const [ann, bob] = twoMailboxes();
    const ledgers = [ann!, bob!, { id: 'eve', email: 'eve@x', errors: new ErrorLedger(), ...OPEN }];
    const refused = { side: 'destination', command: 'APPEND', response: 'NO full', at: NOW } as const;
    for (const folder of ['A', 'B', 'C', 'D', 'E', 'F'])
      ann!.errors.record({ ...refused, folder, uids: [1], verdict: verdict('quota', 'OVERQUOTA') });
    ledgers[2]!.errors.record({ ...refused, folder: 'A', uids: [8, 9], verdict: verdict('quota', 'OVERQUOTA') });
    const first = (most: number) =>
      weigh(
        select(ledgers, EVERYTHING),
        { do: 'try-first', first: most, treatment: 'as-is' },
        EVERYTHING,
        standings,
        NOW,
      ).preview.first.map(({ mailbox, folder, uids }) => `${mailbox} ${folder} ${uids}`);
    expect(first(3)).toEqual(['ann@x INBOX 1', 'bob@x INBOX 5', 'eve@x A 8']);
    expect(first(5)).toEqual(['ann@x INBOX 1', 'ann@x Sent 10', 'bob@x INBOX 5:6', 'eve@x A 8']);
    expect(first(1000).map((one) => one.split(' ').at(-1))).toHaveLength(10);
  });

  it('to release is of mailboxes that are held: those of what is selected, and those with no open failure', () => {
    expect(weighed({ do: 'release' }).preview).toMatchObject({ mailboxes: 2, releases: ['bob@x', 'eve@x'] });
    expect(weighed({ do: 'release' }, { filter: 'mailbox:eve@x' }).preview.releases).toEqual(['eve@x']);
    expect(weighed({ do: 'release' }, { groups: ['OVERQUOTA'] }).decision.scope).toEqual([]);
  });

  it('to accept a login that is refused says that its mailbox stays held', () => {
    const warned = (narrowed: Partial<Selection>) =>
      weigh(
        select(twoMailboxes(), { ...EVERYTHING, ...narrowed }),
        { do: 'skip', why: 'old' },
        EVERYTHING,
        standings.map((one) => ({ ...one, held: 'NO' })),
        NOW,
      ).preview.warnings;
    expect(warned({ groups: ['AUTHENTICATIONFAILED'] }).join()).toContain(
      '1 mailbox stays held and goes on needing you',
    );
    expect(warned({ groups: ['OVERQUOTA'] }).join()).not.toContain('stays held');
  });

  it('counts the messages that wait for it: of held mailboxes and refused logins all, of refused folders their own', () => {
    const waits = (action: ActionRequest, narrowed: Partial<Selection> = {}) => {
      const known = standings.map((one) => ({ ...one, leftIn: () => 30, left: () => (one.id === 'eve' ? null : 400) }));
      const { behind, unseen } = weigh(
        select(twoMailboxes(), { ...EVERYTHING, ...narrowed }),
        action,
        { ...EVERYTHING, ...narrowed },
        known,
        NOW,
      ).preview;
      return [behind, unseen];
    };
    // Nothing waits for messages of ann, who is not held; all of bob waits for his login.
    expect(waits(RETRY)).toEqual([400, 0]);
    expect(waits(RETRY, { groups: ['OVERQUOTA'] })).toEqual([0, 0]);
    expect(waits({ do: 'release' })).toEqual([400, 1]);
    const ledgers = twoMailboxes();
    const [ann] = ledgers;
    for (const uids of [[], []] as number[][])
      ann?.errors.record({
        at: NOW,
        side: 'source',
        command: 'EXAMINE',
        folder: 'Archive',
        uids,
        response: 'NO [NOPERM] no',
        verdict: verdict('folder', 'NOPERM', 'skip-folder'),
      });
    const ofFolder = { ...EVERYTHING, groups: ['NOPERM'] };
    const known = standings.map((one) => ({ ...one, leftIn: () => 30 }));
    expect(weigh(select(ledgers, ofFolder), RETRY, ofFolder, known, NOW).preview).toMatchObject({ behind: 30 });
    // A skip says in a warning that these stay uncopied.
    const skip = { do: 'skip', why: 'old' } as const;
    expect(weigh(select(ledgers, ofFolder), skip, ofFolder, known, NOW).preview).toMatchObject({ behind: 0 });
  });

  it('says what the operator should know first', () => {
    const soon = weighed(RETRY, {}, NOW - 3_600_000 + 60_000);
    expect(soon.preview.warnings).toEqual([
      'Some were refused within the last 5 minutes: this does not wait any longer.',
    ]);
    expect(weighed(RETRY).preview.warnings).toEqual([]);
  });

  it.each<[ActionRequest, string]>([
    [{ do: 'skip', why: ' ' }, 'say why'],
    [{ do: 'retry', afterSeconds: -1, treatment: 'as-is' }, '24 hours'],
    [{ do: 'retry', afterSeconds: 90_000, treatment: 'as-is' }, '24 hours'],
    [{ do: 'try-first', first: 0, treatment: 'as-is' }, '1 to 1,000'],
    [{ do: 'backoff', factor: 2, seconds: 600 }, 'one of the two'],
    [{ do: 'backoff', factor: null, seconds: 60 }, '5 minutes'],
    [{ do: 'backoff', factor: 1, seconds: null }, 'over 1'],
  ])('that cannot be meant so is refused: %j', (action, why) => {
    expect(() => weighed(action)).toThrow(BadInput);
    expect(() => weighed(action)).toThrow(why);
  });

  it.each<[ActionRequest, string]>([
    [RETRY, 'retry 10 messages of OVERQUOTA in 1 mailbox'],
    [
      { do: 'try-first', first: 3, treatment: 'repaired' },
      'retry 3 of 10 messages of OVERQUOTA in 1 mailbox first with repairs, the rest if all of these are taken',
    ],
    [{ do: 'try-first', first: 50, treatment: 'as-is' }, 'retry 10 messages of OVERQUOTA in 1 mailbox'],
    [{ do: 'skip', why: 'old' }, 'skip 10 messages of OVERQUOTA in 1 mailbox: old'],
    [
      { do: 'backoff', factor: null, seconds: 7200 },
      'let 10 messages of OVERQUOTA in 1 mailbox rest until 2027-01-15T10:00:00Z',
    ],
  ])('stands in the log in one line: %j', (action, text) => {
    expect(decidedText(decidedOf(weighed(action, { groups: ['OVERQUOTA'] }).decision))).toBe(text);
  });
});
