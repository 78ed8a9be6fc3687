import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EVERYTHING } from '../../../src/words/decision.js';
import { aNight } from '../../support/night.js';

const MINUTE = 60_000;

function letter(subject: string) {
  return {
    raw: Buffer.from(`From: Eva <eva@x>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n\r\nSecret body\r\n`),
    flags: [],
    internalDate: new Date('2024-05-06T07:08:09Z'),
  };
}

/** Two of ann's three messages are refused; eve's password is wrong. */
async function aNightWithRefusals() {
  const night = await aNight({
    mailboxes: ['ann', 'eve'],
    mail: () => ({ INBOX: ['one', 'virus two', 'virus three'].map(letter) }),
    destination: { habits: { refuseMessage: (raw) => (raw.includes('virus') ? '5.7.0 not accepted' : null) } },
  });
  night.source.account('eve').password = 'another';
  const running = night.start();
  const leave = running.engine.attend();
  const leaves = async () => {
    leave();
    await night.clock.until(running.done);
  };
  await night.clock.passes(5 * MINUTE);
  night.source.forget();
  return { night, engine: running.engine, leaves };
}

it('failed messages are known by From, Subject and size, read from the source for a console that asks', async () => {
  const { night, engine, leaves } = await aNightWithRefusals();
  const selection = { ...EVERYTHING, filter: 'kind:message-policy' };
  const answer = await night.clock.until(engine.command({ do: 'headers', selection }));
  if (!answer.ok) return expect.unreachable(answer.why);
  expect(answer.headers).toMatchObject({
    messages: [
      { mailbox: 'ann@night.example', folder: 'INBOX', uid: 2, from: 'Eva <eva@x>', subject: 'virus two' },
      { uid: 3, subject: 'virus three' },
    ],
    more: 0,
    notes: [],
  });
  // One connection for all of them, and nothing changed for their owner.
  expect(night.source.sent('LOGIN').length + night.source.sent('AUTHENTICATE').length).toBe(1);
  night.checkManners();
  expect(JSON.stringify(night.events)).not.toContain('virus two');
  await leaves();
});

it('the file for the user has them, and a refused password is not tried for it', async () => {
  const { night, engine, leaves } = await aNightWithRefusals();
  const path = join(night.dir, 'for-ann.csv');
  const saved = await night.clock.until(
    engine.command({ do: 'export', selection: EVERYTHING, format: 'csv', path, headers: 'read' }),
  );
  expect(saved).toMatchObject({ ok: true, saved: { rows: 3 } });
  const [titles, first, second, third] = (await readFile(path, 'utf8')).split('\r\n');
  expect(titles).toMatch(/,from,subject,date,size,messageId$/);
  expect(first).toMatch(/^ann@night.example,INBOX,2,.*,Eva <eva@x>,virus two,.*,<virus two@x>$/);
  expect(second).toContain('virus three');
  expect(third).toMatch(/^eve@night.example,.*AUTHENTICATIONFAILED.*,,,,,$/);
  expect(night.source.sent('LOGIN').length + night.source.sent('AUTHENTICATE').length).toBe(1);
  await leaves();
});
