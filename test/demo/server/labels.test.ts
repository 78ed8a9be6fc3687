import { describe, expect, it } from 'vitest';
import { GMAIL } from '../../../demo/server/index.js';
import { aServer, loggedIn } from './harness.js';

const literal = (text: string) => `{${text.length}+}\r\n${text}`;
const ALL_MAIL = '[Gmail]/All Mail';

async function gmail() {
  const server = await aServer(GMAIL);
  const ann = server.accounts.get('ann');
  return { ann, client: await loggedIn(server) };
}

describe('a server with labels', () => {
  it('says so before and after the login, and marks its own folders', async () => {
    const { client } = await gmail();
    expect(await client.ask('t', 'CAPABILITY')).toContain(' X-GM-EXT-1');
    expect(await client.ask('u', 'LIST "" "[Gmail]/*" RETURN (SPECIAL-USE)')).toContain(
      '(\\All) "/" "[Gmail]/All Mail"',
    );
  });

  it('keeps equal messages of two folders once, under one number above 2^53', async () => {
    const { ann, client } = await gmail();
    ann.addFolder('Zoë & co');
    await client.ask('a', `APPEND INBOX ${literal('one')}`);
    await client.ask('b', `APPEND "Zo&AOs- &- co" ${literal('one')}`);
    expect(ann.folder(ALL_MAIL).messages).toHaveLength(1);
    await client.ask('c', `EXAMINE "${ALL_MAIL}"`);
    expect(await client.ask('d', 'UID FETCH 1:* (X-GM-MSGID X-GM-THRID X-GM-LABELS)')).toContain(
      '* 1 FETCH (UID 1 X-GM-MSGID 1278455344230334865 X-GM-THRID 1278455344230334865 X-GM-LABELS ("Zo&AOs- &- co" \\Inbox))',
    );
    await client.ask('e', 'EXAMINE INBOX');
    expect(await client.ask('f', 'UID FETCH 1 X-GM-LABELS')).toContain('X-GM-LABELS ("Zo&AOs- &- co")');
  });

  it('answers OK to a message that the folder has, and names the UID that it has there', async () => {
    const { ann, client } = await gmail();
    const first = await client.ask('a', `APPEND INBOX ${literal('one')}`);
    const again = await client.ask('b', `APPEND INBOX ${literal('one')}`);
    expect(first).toMatch(/a OK \[APPENDUID \d+ 1\]/);
    expect(again).toMatch(/b OK \[APPENDUID \d+ 1\]/);
    expect(ann.folder('INBOX').messages).toHaveLength(1);
  });

  it('takes a label off by EXPUNGE, and keeps the message in All Mail', async () => {
    const { ann, client } = await gmail();
    ann.addFolder('Work');
    for (const folder of ['INBOX', 'Work']) ann.folder(folder).add({ raw: Buffer.from('one') });
    await client.ask('a', 'SELECT INBOX');
    await client.ask('b', 'UID STORE 1 +FLAGS (\\Deleted)');
    expect(await client.ask('c', 'EXPUNGE')).toContain('* 1 EXPUNGE');
    expect(ann.folder('Work').messages).toHaveLength(1);
    expect([...ann.folder('Work').messages[0]!.flags]).toEqual([]);
    await client.ask('d', `SELECT "${ALL_MAIL}"`);
    expect(await client.ask('e', 'UID FETCH 1 X-GM-LABELS')).toContain('X-GM-LABELS (Work)');
    await client.ask('f', 'UID STORE 1 +FLAGS (\\Deleted)');
    await client.ask('g', 'EXPUNGE');
    expect(ann.folder(ALL_MAIL).messages).toHaveLength(1);
  });

  it('shows a starred message in Starred, and shares flags between its folders', async () => {
    const { ann, client } = await gmail();
    ann.folder('INBOX').add({ raw: Buffer.from('one') });
    await client.ask('a', `SELECT "${ALL_MAIL}"`);
    await client.ask('b', 'UID STORE 1 +FLAGS (\\Flagged \\Seen)');
    expect([...ann.folder('INBOX').messages[0]!.flags].sort()).toEqual(['\\Flagged', '\\Seen']);
    expect(ann.folder('[Gmail]/Starred').messages).toHaveLength(1);
    await client.ask('c', 'UID STORE 1 -FLAGS (\\Flagged)');
    expect(ann.folder('[Gmail]/Starred').messages).toHaveLength(0);
  });

  it('copies by adding a label, and names both UIDs', async () => {
    const { ann, client } = await gmail();
    ann.addFolder('Work').add({ raw: Buffer.from('before') });
    ann.folder('INBOX').add({ raw: Buffer.from('one') });
    await client.ask('a', 'SELECT INBOX');
    expect(await client.ask('b', 'UID COPY 1 Work')).toMatch(/b OK \[COPYUID \d+ 1 2\]/);
    expect(await client.ask('c', 'UID COPY 1 Nowhere')).toMatch(/c NO \[TRYCREATE\]/);
    expect(ann.folder(ALL_MAIL).messages).toHaveLength(2);
  });

  it('knows none of it where the extension is not announced', async () => {
    const server = await aServer();
    server.accounts
      .get('ann')
      .folder('INBOX')
      .add({ raw: Buffer.from('one') });
    const client = await loggedIn(server);
    await client.ask('a', 'EXAMINE INBOX');
    expect(await client.ask('b', 'UID FETCH 1 X-GM-MSGID')).toMatch(/b BAD/);
  });
});
