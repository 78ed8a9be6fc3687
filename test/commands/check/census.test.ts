import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APlanToCheck } from './a-plan-to-check.js';

let school: APlanToCheck;
beforeEach(async () => {
  school = await APlanToCheck.written();
});
afterEach(() => school.isDone());

describe('the census of a check', () => {
  async function runs(...more: string[]) {
    school.operator.clears();
    const servers = ['--source', urls[0], '--destination', urls[1], '--insecure-plaintext', '--replace'];
    expect(await school.operator.runs('run', `${school.operator.dir}/school.csv`, ...servers, ...more)).toBe(0);
    const looks = await school.operator.started.at(-1)!.store.looks();
    return ['ann_x', 'benn_x'].map((id) => looks.of(id));
  }
  let urls = ['', ''] as [string, string];

  it('is where a run of the same plan begins, and no other run', async () => {
    const both = await school.pair({});
    urls = both.map(({ port }) => `imap://127.0.0.1:${port}`) as typeof urls;
    await school.check(both);

    expect(await runs()).toMatchObject([
      { messages: 3, bytes: 420, newest: expect.any(Number) },
      { messages: 4, bytes: 560 },
    ]);
    expect(school.operator.err.text).toContain('note: the census of the last check is known of 2 of 2 mailboxes');
    expect(await runs('--name', 'other')).toEqual([null, null]);
    // Of these days, or without that folder, they may hold less.
    expect(await runs('--since', '2020-01-01')).toEqual([null, null]);
    expect(await runs('--exclude', 'Spam')).toEqual([null, null]);
    // Where labels are folders, a message of three is counted three times.
    expect(await runs('--labels', 'all-folders')).toEqual([null, null]);
  });

  it('plays no night of mailboxes that a batch may have copied already, and names the command that does', async () => {
    const both = await school.pair({});
    urls = both.map(({ port }) => `imap://127.0.0.1:${port}`) as typeof urls;
    await school.check(both);
    expect(school.operator.out.text).toContain('the last one is done at');
    await runs();
    school.operator.clears();
    await school.check(both);

    expect(school.operator.out.lines.at(-1)).toBe(
      'batch school is made already: `nightferry rehearse school` plays what is left of it',
    );
    expect(school.operator.out.text).not.toContain('the last one is done');
  });
});
