import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImapServer, startImapServer } from '../../demo/server/index.js';
import { FINGERPRINT } from '../support/gated-servers.js';
import { OF_A_RESPONSE } from '../support/verdicts/grounds.js';
import { AnOperator } from './an-operator.js';

const letter = (subject: string) =>
  Buffer.from(
    `From: Eva <eva@x>\r\nSubject: ${subject}\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMessage-ID: <1@x>\r\n\r\nSecret body\r\n`,
  );

let operator: AnOperator;
let source: ImapServer;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  source = await startImapServer({ accounts: { ann: { password: 'a' } } });
});
afterEach(async () => {
  await operator.goesHome();
  await source.stop();
});

/** Three messages of INBOX failed; the third is gone from the source since. */
async function aMoveThatFailed(): Promise<void> {
  const inbox = source.accounts.get('ann').folder('INBOX');
  for (const subject of ['=?utf-8?q?Gr=C3=BC=C3=9Fe?=', '=HYPERLINK("http://x")\u001b[2J'])
    inbox.add({ raw: letter(subject) });
  operator.work = async (engine, { store, batch }) => {
    const ann = await store.mailbox(batch.mailboxes[0]?.id ?? '');
    ann.errors.record({
      ...{
        side: 'destination',
        command: 'APPEND',
        folder: 'INBOX',
        uids: [1, 2, 3],
        response: 'NO [TOOBIG] big',
        at: 1_000,
      },
      verdict: {
        ...{ kind: 'message-policy', code: 'TOOBIG', scope: 'message', next: 'skip-message', waitSeconds: 0 },
        ...{ advice: { key: 'nothing' }, rule: 'r', grounds: OF_A_RESPONSE },
      },
    });
    await ann.write();
    engine.end(3);
  };
  passwords();
  const url = `imaps://ann@127.0.0.1:${source.tlsPort}`;
  const move = ['move', url, 'imaps://ann@new.example', '--source-fingerprint', FINGERPRINT, '--name', 'ann'];
  expect(await operator.runs(...move, '--plain')).toBe(3);
  operator.clears();
}

function passwords(source = 'a'): void {
  operator.env.NIGHTFERRY_SOURCE_PASSWORD = source;
  operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'b';
}

describe('errors --headers', () => {
  it('reads From, Subject, date and size from the source, so that a user can be told what did not arrive', async () => {
    await aMoveThatFailed();
    passwords();
    expect(await operator.runs('errors', 'ann', '--csv', '--headers')).toBe(0);
    const [titles, first, second, third] = operator.out.text.split('\r\n');
    expect(titles).toMatch(/,response,from,subject,date,size,messageId$/);
    expect(first).toMatch(/,1,destination,.*,Eva <eva@x>,Grüße,"Mon, 2 Mar 2026 10:00:00 \+0000",\d+,<1@x>$/);
    // Nothing that a spreadsheet would run, or a terminal obey.
    expect(second).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(operator.out.text).not.toContain('\u001b');
    expect(operator.out.text).not.toContain('Secret body');
    expect(third).toMatch(/,3,destination,.*,,,,,$/);
    expect(operator.err.text).toContain('ann INBOX: 3 of 3 headers read');
    expect(
      source.accounts
        .get('ann')
        .folder('INBOX')
        .messages.some(({ flags }) => [...flags].includes('\\Seen')),
    ).toBe(false);
  });

  it('gives them as JSON, and rows without them where the source lets nobody in', async () => {
    await aMoveThatFailed();
    passwords();
    expect(await operator.runs('errors', 'ann', '--json', '--headers')).toBe(0);
    expect(JSON.parse(operator.out.text).rows).toMatchObject([
      { uid: 1, subject: 'Grüße' },
      { uid: 2 },
      { uid: 3, subject: null },
    ]);
    passwords('wrong');
    expect(await operator.clears().runs('errors', 'ann', '--json', '--headers')).toBe(0);
    expect(JSON.parse(operator.out.text).rows).toMatchObject([{ uid: 1, subject: null }, { uid: 2 }, { uid: 3 }]);
    expect(operator.err.text).toMatch(/^note: the headers of ann could not be read: LOGIN: NO /);
  });

  it('needs a form that has a row for each message, and a password', async () => {
    await aMoveThatFailed();
    expect(await operator.runs('errors', 'ann', '--headers')).toBe(2);
    expect(await operator.runs('errors', 'ann', '--headers', '--csv')).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: errors: --headers needs --csv or --json',
      expect.stringMatching(/^nightferry: ann: no source password/),
    ]);
  });
});
