import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterTheNight } from '../a-night.js';
import { AnOperator } from '../an-operator.js';
import { printedBy } from './printed-by.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.USER = 'eva';
});
afterEach(() => operator.goesHome());

const { printed, does, refused, groups } = printedBy(() => operator);

describe('what failed, as its files tell it', () => {
  beforeEach(() => afterTheNight(operator));

  it('is retried without the mark, or left out, only where the destination expunged it for that mark', async () => {
    const strip = ['retry', 'school', '--deleted', 'strip', '--dry-run', '--json'] as const;
    await does(...strip);
    expect(printed().preview).toMatchObject({ action: { do: 'retry', treatment: 'without-deleted' }, uids: 0 });
    await does('retry', 'school', '--deleted', 'skip', '--dry-run', '--json');
    expect(printed().preview).toMatchObject({ action: { do: 'skip', why: 'marked \\Deleted at the source' }, uids: 0 });
    expect(await refused('retry', 'school', '--deleted', 'strip', '--repair')).toContain('--deleted');
    expect(await refused('retry', 'school', '--deleted', 'skip', '--first', '2')).toContain('--deleted skip');
  });

  it('is narrowed down as for the orders about it', async () => {
    expect(await groups()).toMatchObject([
      { code: 'OVERQUOTA', messages: 7, mailboxes: 1, standing: 'open' },
      { code: 'TOOBIG', messages: 1, standing: 'open' },
      { code: null, kind: 'folder', messages: 0, failures: 1, standing: 'open' },
      { code: null, kind: 'message-policy', messages: 1, standing: 'settled' },
    ]);
    expect((await groups('--code', 'OVERQUOTA', '--folder', 'Sent'))[0]).toMatchObject({ messages: 2, size: 1 });
    expect((await groups('--uid', '12,3'))[0]).toMatchObject({ code: 'OVERQUOTA', messages: 2, size: 2 });
    expect((await groups('--by', 'kind', '--mailbox', 'bob@*')).map(({ key }) => key)).toEqual([
      'kind message-policy',
      'kind folder',
      'noted kind message-policy',
    ]);
    const [{ entries } = expect.unreachable()] = await groups('--code', 'TOOBIG');
    expect(await groups('--entry', entries[0]?.id ?? '')).toMatchObject([{ code: 'TOOBIG', size: 1 }]);
    expect(await does('errors', 'school', '--code', 'NOSUCH')).toEqual(['school: nothing of this failed']);
    expect(await refused('errors', 'school', '--mailbox', 'anna@x')).toMatch(
      /has no mailbox anna@x; `nightferry status/,
    );
    expect(await refused('errors', 'school', '--csv', '--json')).toMatch(/--csv or --json, not both/);
  });

  it('is a row a message in CSV', async () => {
    await does('errors', 'school', '--csv', '--side', 'destination');
    const rows = parse(operator.out.text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ mailbox, folder, uid, code }) => [mailbox, folder, uid, code])).toEqual([
      ...['11', '12', '13', '14', '15'].map((uid) => ['ann@x', 'INBOX', uid, 'OVERQUOTA']),
      ['ann@x', 'Sent', '3', 'OVERQUOTA'],
      ['ann@x', 'Sent', '4', 'OVERQUOTA'],
      ['bob@x', 'INBOX', '12', 'TOOBIG'],
    ]);
    await does('skip', 'school', '--folder', 'Sent', '--why', 'old');
    const uids = async (...argv: string[]) => {
      await does('errors', 'school', '--csv', '--code', 'OVERQUOTA', ...argv);
      return (parse(operator.out.text, { columns: true }) as Record<string, string>[]).map(({ uid }) => uid);
    };
    expect(await uids()).toEqual(['11', '12', '13', '14', '15']);
    expect(await uids('--skipped')).toEqual(['11', '12', '13', '14', '15', '3', '4']);
  });
});
