import { describe, expect, it } from 'vitest';
import { errorsPage } from '../../../src/commands/output/errors-page.js';
import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../src/protocol/answers.js';
import type { Verdict } from '../../../src/words/verdict.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';

const verdict: Verdict = {
  kind: 'folder',
  code: null,
  scope: 'folder',
  next: 'skip-folder',
  waitSeconds: 0,
  rule: 'r',
  grounds: OF_A_RESPONSE,
  advice: { key: 'as-written', text: 'The server lists files that are no mailboxes.' },
};

function entry(n: number, more: Partial<ErrorEntryEntity> = {}): ErrorEntryEntity {
  return {
    ...{ id: `e${n}`, mailbox: 'ann@x', side: 'source', command: 'EXAMINE', folder: `Folder ${n}`, code: null },
    ...{
      uids: '',
      destinationUids: '',
      count: 0,
      skipped: 0,
      accepted: false,
      attempts: 1,
      times: 1,
      firstAt: 0,
      lastAt: 0,
    },
    ...{ response: 'NO not a mailbox', verdict, own: [] },
    ...more,
  } as ErrorEntryEntity;
}

function group(entries: readonly ErrorEntryEntity[], more: Partial<ErrorGroupEntity> = {}): ErrorGroupEntity {
  return {
    ...{
      key: 'g',
      code: null,
      kind: 'folder',
      standing: 'open',
      side: 'source',
      messages: 0,
      affected: 0,
      failures: entries.length,
    },
    ...{ skipped: 0, doubled: 0, mailboxes: 1, trend: [], trendFrom: 0, firstAt: 0, lastAt: 0, size: entries.length },
    entries,
    ...more,
  };
}

describe('the page of failures', () => {
  it('has one line for sixty unreadable folders, and one for what five hundred mailboxes met', () => {
    const folders = group(Array.from({ length: 60 }, (_, n) => entry(n)));
    const logins = group(
      Array.from({ length: 500 }, (_, n) => entry(n, { mailbox: `u${n}@x`, folder: null, command: 'LOGIN' })),
      { code: 'AUTHENTICATIONFAILED', kind: 'auth', mailboxes: 500 },
    );
    expect(errorsPage([folders, logins], { typed: 'school', width: null })).toEqual([
      'WHAT          MAILBOXES  SIDE    CAUSE                       WHAT TO DO',
      '60 folders            1  source  (no code), folder           The server lists files that are no mailboxes.',
      '500 failures        500  source  AUTHENTICATIONFAILED, auth  The server lists files that are no mailboxes.',
    ]);
  });

  it('is cut to the terminal, whatever characters stand there', () => {
    const wide = group([entry(1, { verdict: { ...verdict, advice: { key: 'as-written', text: '漢字'.repeat(60) } } })]);
    for (const line of errorsPage([wide], { typed: 'school', width: 80 }))
      expect([...line].length).toBeLessThanOrEqual(80);
    expect(errorsPage([wide], { typed: 'school', width: 80 })[1]).toMatch(/…$/);
  });

  it('says of second copies how many there are, and of what was left out that nothing is to do', () => {
    const [, doubles, skipped] = errorsPage(
      [group([entry(1)], { doubled: 3, messages: 0, failures: 2 }), group([], { standing: 'skipped', skipped: 7 })],
      { typed: 'school', width: null },
    );
    expect(doubles).toMatch(/^3 second copies +1 +source +doubles, folder/);
    expect(skipped).toMatch(/^7 messages skipped +1 +source +skipped: \(no code\), folder +-$/);
  });
});
