import { expect, it } from 'vitest';
import { readBatchFiles } from '../../../src/commands/desk/batch-files.js';
import { statusOfFiles } from '../../../src/commands/desk/files-status.js';
import { statusText } from '../../../src/commands/output/status-text.js';
import { groupErrors, WHOLE } from '../../../src/engine/triage/error-groups.js';
import type { Status } from '../../../src/protocol/entities.js';
import { EVERYTHING } from '../../../src/words/decision.js';
import { aNight, type Night, type Running } from '../../support/night.js';
import { type Moment, screensOf } from '../support/a-moment.js';
import {
  type Figures,
  figuresOf,
  readErrors,
  readMailbox,
  readMorning,
  readNight,
  readSmall,
  readStart,
  readStatus,
  readTable,
  readTitle,
} from '../support/figures.js';

const MINUTE = 60_000;
const FIRST_WAVE = ['ann', 'ben', 'cleo', 'dave', 'eve', 'fay', 'gus'];
const SECOND_WAVE = ['hal', 'ida'];

/** A minute apart over a slow line: a login is refused, a mailbox is full, messages are refused; two mailboxes are of another wave. */
async function aNightInWaves(): Promise<Night> {
  const night = await aNight({
    mailboxes: [...FIRST_WAVE, ...SECOND_WAVE],
    mail: (user) => ({
      INBOX: Array.from({ length: 24 }, (_, i) => ({
        raw: Buffer.from(
          `Subject: ${user} ${i}${(user === 'ben' || user === 'fay') && i > 20 ? ' virus' : ''}\r\nMessage-ID: <${user}${i}@x>\r\n\r\n${'x'.repeat(4_000)}\r\n`,
        ),
        flags: [],
        internalDate: new Date('2024-05-06T07:08:09Z'),
      })),
    }),
    destination: { habits: { refuseMessage: (raw) => (raw.includes(' virus') ? '5.7.0 not accepted here' : null) } },
    options: { stagger: { min: 20, max: 30 }, concurrency: 2, wave: 1 },
    speed: { source: 4_000 },
  });
  night.batch = {
    ...night.batch,
    mailboxes: night.batch.mailboxes.map((row) => ({ ...row, wave: SECOND_WAVE.includes(row.id) ? 2 : 1 })),
  };
  night.source.account('cleo').password = 'another';
  night.destination.account('dave').quota = { messages: 9 };
  night.destination.account('fay').quota = { messages: 12 };
  return night;
}

/** The state as an engine tells it. */
async function toldBy({ engine }: Running): Promise<Moment> {
  const errors = await engine.command({ do: 'errors', mailbox: null, by: 'code', filter: '' });
  const morning = await engine.command({ do: 'morning' });
  if (!errors.ok || !morning.ok) throw new Error('the engine does not answer');
  return { status: engine.status(), errors: errors.errors, morning: morning.morning };
}

/** The state as the files tell it to a command where no engine runs. */
async function toldByFiles(night: Night): Promise<Moment> {
  const files = await readBatchFiles(night.store());
  const now = night.clock.now();
  return {
    status: statusOfFiles(night.batch, files, now),
    errors: groupErrors(files.ledgers, { by: 'code', filter: '' }, WHOLE),
    morning: { since: now, lines: [] },
  };
}

/** The operator accepts that messages were refused. */
async function leaveOut({ engine }: Running, email: string): Promise<void> {
  const selection = { ...EVERYTHING, filter: `mailbox:${email}` };
  const seen = await engine.command({ do: 'preview', selection, action: { do: 'skip', why: 'a virus' } });
  if (!seen.ok) throw new Error(seen.why);
  const decided = await engine.command({ do: 'decide', preview: seen.preview.id, by: 'eva' });
  if (!decided.ok) throw new Error(decided.why);
}

/** Each figure that is said otherwise than the entities have it, with everything that is said of it. */
async function disagreements(moment: Moment): Promise<Record<string, Record<string, string>>> {
  const screens = await screensOf(moment);
  const { status } = moment;
  const said: Record<string, Figures> = {
    night: readNight(screens.night),
    table: readTable(screens.table),
    mailbox: readMailbox(screens.mailbox),
    morning: readMorning(screens.morning),
    errors: readErrors(screens.errors),
    start: readStart(screens.start),
    small: readSmall(screens.small),
    title: readTitle(screens.title),
    status: readStatus(statusText(status, 'all', { typed: 'night', width: null })),
    '--json': figuresOf(JSON.parse(JSON.stringify(status)) as Status),
  };
  // A row of each mailbox was read, with three figures.
  expect(Object.keys(said.table ?? {})).toHaveLength(3 * status.mailboxes.length);
  const truth = figuresOf(status);
  const wrong: Record<string, Record<string, string>> = {};
  for (const [where, figures] of Object.entries(said))
    for (const [name, text] of Object.entries(figures))
      if (text !== truth[name])
        wrong[name] = { ...(wrong[name] ?? { entity: truth[name] ?? 'not there' }), [where]: text };
  return wrong;
}

it('every screen and every command says the same numbers, at ten moments of a night', async () => {
  const night = await aNightInWaves();
  const seen: Record<string, Awaited<ReturnType<typeof disagreements>>> = {};
  const look = async (name: string, moment: Moment): Promise<void> => {
    seen[name] = await disagreements(moment);
  };

  await look('before the start', await toldByFiles(night));
  const first = night.start();
  for (const name of ['the first mailbox', 'a login refused', 'a mailbox full']) {
    await night.clock.passes(25_000);
    await look(name, await toldBy(first));
  }
  first.kill();
  await look('after a kill', await toldByFiles(night));
  const second = night.start();
  const leaves = second.engine.attend();
  await night.clock.passes(30_000);
  await look('resumed', await toldBy(second));
  await night.clock.passes(30 * MINUTE);
  await look('all rest', await toldBy(second));

  await leaveOut(second, 'ben@night.example');
  night.destination.account('dave').quota = {};
  await night.clock.passes(MINUTE);
  await look('some left out', await toldBy(second));
  leaves();
  await night.clock.until(second.done);
  const end = night.events.findLast((event) => event.type === 'end');
  expect(end).toBeDefined();
  await look('after the end', await toldByFiles(night));
  night.batch = { ...night.batch, options: { ...night.batch.options, wave: 2 } };
  const third = night.start();
  await night.clock.passes(25_000);
  await look('the second wave', await toldBy(third));

  third.kill();

  expect(Object.keys(seen)).toHaveLength(10);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, {}])));
}, 120_000);
