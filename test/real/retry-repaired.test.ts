import { expect, it } from 'vitest';
import { type ImapServer, startImapServer } from '../../demo/server/index.js';
import { repair } from '../../src/engine/copy/message/repair.js';
import { story } from '../support/nightferry.js';
import { RawImap } from '../support/raw-imap.js';
import { newcomer } from './newcomer.js';
import { Refusing } from './refusing.js';
import { describeReal, expectSynced } from './world.js';

/** Dovecot hands out neither NUL nor a bare line feed: the source is the embedded server, which does. */
const RAW = Buffer.concat([
  Buffer.from('Message-ID: <bad@x>\nSubject: bad\n\n\0'),
  Buffer.from(`${'y'.repeat(10_000)}\n`),
  Buffer.from(`${'z'.repeat(70)}\n`.repeat(1000)),
]);
const MENDED = Buffer.concat(repair({ slices: [RAW], length: RAW.length }).body.slices as Buffer[]);
const FINE = Buffer.from('Message-ID: <fine@x>\r\nSubject: fine\r\n\r\nbody\r\n');
const FLAGS = ['\\Flagged', 'Projekt-X'];

describeReal('a message that was refused and is retried', {}, (world) => {
  const refusing = new Refusing(world);

  it.each([
    ['--repair', MENDED, FLAGS, /^repaired on the operator’s order: 1 NUL removed, \d+ bare LF made CRLF, 1 line cut/],
    ['--without-flags', null, [], /^sent without its flags on the operator’s order: \\Flagged Projekt-X left out$/],
  ] as const)('%s: arrives as ordered, once, and what was changed is noted', async (how, bytes, flags, told) => {
    const user = newcomer(how.slice(2));
    const source = await startImapServer({ listen: 'plain', anyUser: 'pass' });
    try {
      fill(source, user);
      const argv = world.moveOf(user, { source: source.port }, `${user}@small`);
      const refused = await world.operator.run(argv);
      expect(refused.code, story(refused)).toBe(3);
      await refusing.allow('small', 'userdb_quota_max_mail_size=64K', 'userdb_quota_max_mail_size=64M');
      expect((await world.operator.run(['retry', user, '--code', 'LIMIT', how])).code).toBe(0);
      expectSynced(await world.operator.run(['resume', user, '--json']));
      expectSynced(await world.operator.run(['resume', user, '--json']));
      const [fine, retried, ...more] = await messagesOf(`${user}@small`);
      expect([fine?.raw.equals(FINE), more]).toEqual([true, []]);
      if (bytes) expect(retried?.raw.equals(bytes)).toBe(true);
      expect(retried?.flags).toEqual(flags);
      const groups = await world.operator.errors(user);
      const notes = groups.flatMap(({ entries }) => entries.map(({ response }) => response));
      // Dovecot makes CRLF of bare line feeds by itself, and says nothing: what was not repaired is found to be altered.
      expect(notes.filter((note) => !/^stored, but changed/.test(note))).toEqual([expect.stringMatching(told)]);
      expect(notes).toHaveLength(bytes ? 1 : 2);
    } finally {
      await source.stop();
    }
  });

  function fill(source: ImapServer, user: string): void {
    const inbox = source.accounts.add(user, { password: 'pass' }).folder('INBOX');
    const at = Date.UTC(2024, 1, 2, 9, 0, 0);
    inbox.add({ raw: FINE, internalDate: at });
    inbox.add({ raw: RAW, internalDate: at + 1000, flags: FLAGS });
  }

  async function messagesOf(user: string) {
    const client = await RawImap.connect(world.destination(user));
    await client.ok('EXAMINE INBOX');
    const { untagged } = await client.ok('UID FETCH 1:* (UID FLAGS BODY.PEEK[])');
    await client.logout();
    return untagged.flatMap(({ text, literals }) => {
      const flags = /FLAGS \(([^)]*)\)/.exec(text)?.[1];
      if (flags === undefined || literals[0] === undefined) return [];
      return [{ raw: literals[0], flags: flags.split(' ').filter((flag) => flag !== '' && flag !== '\\Recent') }];
    });
  }
});
