import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answer, when } from '../../../demo/server/index.js';
import { planAgain } from '../../../src/commands/desk/plan-again.js';
import { needsOperator } from '../../../src/protocol/entities.js';
import { aNight, type Night, PASSWORD } from '../../support/night.js';
import type { Mail } from '../../support/odd-mail.js';
import { NightConsole } from '../support/a-night-console.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LOCKED_OUT = Array.from({ length: 20 }, (_, i) => `user${String(i + 1).padStart(2, '0')}`);
const FULL = ['quinn', 'quirin', 'queenie'];
const UNREADABLE = ['fay', 'fred'];
const REFUSED = ['pia', 'paul'];
const USERS = [...LOCKED_OUT, ...FULL, ...UNREADABLE, ...REFUSED, 'bea', 'wim', 'dora'];

/** A mailbox of nine messages; two of pia's and paul's are refused, and one of bea's is too large. */
function mailOf(user: string): Mail {
  const message = (subject: string, size = 200) => ({
    raw: Buffer.from(
      `From: a@x.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x.example>\r\n\r\n${'x'.repeat(size)}\r\n`,
    ),
    flags: [],
    internalDate: new Date('2024-05-06T07:08:09Z'),
  });
  const inbox = [1, 2, 3, 4, 5, 6].map((n) =>
    message(`${user} ${n}${REFUSED.includes(user) && n > 4 ? ' virus' : ''}`, user === 'bea' && n === 3 ? 60_000 : 200),
  );
  return { INBOX: inbox, Archive: [1, 2, 3].map((n) => message(`${user} archive ${n}`)) };
}

/** Thirty mailboxes, each with a failure of its own kind, on servers of this process. */
async function aBadNight(): Promise<Night> {
  const night = await aNight({
    mailboxes: USERS,
    mail: mailOf,
    destination: {
      maxMessageBytes: 50_000,
      habits: {
        refuseMessage: (raw) => (raw.includes(' virus') ? '5.7.0 this attachment is not accepted here' : null),
      },
    },
    options: { stagger: { min: 1, max: 2 } },
  });
  for (const user of LOCKED_OUT) night.source.account(user).password = `since June ${user}`;
  night.destination.account('dora').password = 'nobody knows';
  for (const user of FULL) night.destination.account(user).quota = { messages: 4 };
  night.source.goesWrong(
    ...UNREADABLE.map((account) =>
      when('EXAMINE', answer('NO [NOPERM] Permission denied'), { account, folder: 'Archive' }),
    ),
  );
  night.destination.goesWrong(when('APPEND', answer('NO [NOPERM] not permitted'), { account: 'wim' }));
  return night;
}

/** The administrators of both servers did what they were asked for. */
function mend(night: Night): void {
  for (const user of FULL) night.destination.account(user).quota = {};
  night.source.isWell();
  night.destination.isWell();
}

it('thirty mailboxes that need the operator are handled with fewer than 25 keys', async () => {
  const night = await aBadNight();
  const running = night.start();
  const leaves = running.engine.attend();
  await night.clock.passes(2 * HOUR);
  expect(running.engine.status().mailboxes.filter(needsOperator)).toHaveLength(30);
  // The customer sent a plan with the twenty passwords of June.
  const planPath = join(night.dir, 'school.csv');
  const rows = USERS.map((user) => {
    const password = LOCKED_OUT.includes(user) ? `since June ${user}` : PASSWORD;
    return `${user}@night.example,${user},${password},${PASSWORD},${user}`;
  });
  await writeFile(
    planPath,
    `EmailAddress,UserName,Password,DestinationPassword,DestinationUserName\n${rows.join('\n')}\n`,
  );
  const world = { zone: 'UTC', cwd: night.dir, env: { USER: 'eva' }, uid: 0 };
  const store = { name: 'night', batch: night.batch };
  const client = { command: running.engine.command.bind(running.engine), status: async () => running.engine.status() };
  const console = await NightConsole.open(night, running.engine, {
    planPath,
    planAgain: (path, ids) => planAgain(store, client, { path, ids }, world),
  });
  mend(night);

  await console.press('i');
  expect(await console.screen()).toMatch(/needs you 30 +7 causes/);
  expect(await console.screen()).toMatch(/▸▲[* ]20 mailboxes, src +AUTHENTICATIONFAILED/);
  // The passwords, from the plan.
  await console.press('enter');
  expect(await console.screen()).toContain('20 mailboxes wait for a password of the source');
  await console.press('enter');
  await console.waits(MINUTE);
  expect(await console.screen()).toMatch(/needs you 10 +6 causes/);
  // Nobody knows dora any more; the others were mended where they are.
  expect(await console.screen()).toMatch(/▸▲[* ]dora@night.example/);
  await console.press('Z');
  await console.type('left the school');
  await console.press('enter');
  for (const name of ['3 mailboxes, dest +OVERQUOTA', 'wim@night.example +NOPERM', '2 mailboxes, src +NOPERM']) {
    expect(await console.screen()).toMatch(new RegExp(`▸▲[* ]${name}`));
    await console.press('R', 'enter');
  }
  for (const [name, why] of [
    ['2 mailboxes, dest +\\(message-policy\\)', 'a virus, agreed'],
    ['bea@night.example +TOOBIG', 'too large, told the user'],
  ] as const) {
    expect(await console.screen()).toMatch(new RegExp(`▸▲[* ]${name}`));
    await console.press('S');
    await console.type(why);
    await console.press('enter');
  }
  await console.waits(MINUTE);

  const screen = await console.screen();
  expect(screen).toContain('nothing needs you');
  expect(screen).toContain('done, and nothing needs you: 5 messages skipped, 1 mailbox given up');
  const { batch, mailboxes } = running.engine.status();
  expect(mailboxes.filter(needsOperator)).toEqual([]);
  expect(batch.byState).toMatchObject({ synced: 29, 'given-up': 1 });
  expect(batch.counts).toMatchObject({ left: 0, failed: 0, skipped: 5 });
  expect(console.keys).toBeLessThan(25);
  await console.leave();
  leaves();
  expect(await night.clock.until(running.done)).toBe(0);
});
