import { expect, it } from 'vitest';
import { CheckModel } from '../../../src/commands/check/check-model.js';
import { finding } from '../../../src/engine/check/finding.js';
import type { PlanRow } from '../../../src/store/batch/batch.js';
import { aCensus, aFolder } from '../../engine/check/a-census.js';
import { anEndpoint } from '../../support/batch/plain-batch.js';
import { ManualClock } from '../../ui/support/manual-clock.js';

const rows = ['ann', 'ben', 'cy'].map(
  (id, at): PlanRow => ({
    ...{ id, email: `${id}@x`, sourceUser: id, destinationUser: id, row: at + 2 },
    ...{ userRoot: null, own: null, at: null, wave: null },
  }),
);
const batch = {
  ...{ name: 'school', mailboxes: rows, source: anEndpoint(), destination: anEndpoint({ host: 'mail.new.example' }) },
  others: { source: {}, destination: {} },
};

function aModel() {
  const clock = new ManualClock();
  let stops = 0;
  const model = new CheckModel(batch, clock, () => {
    stops++;
  });
  let frames = 0;
  model.subscribe(() => {
    frames++;
  });
  return { model, clock, frames: () => frames, stops: () => stops };
}

const census = aCensus({ mailbox: 'ann@x', folders: [aFolder({ messages: 10, bytes: 5_000 })] });
const refused = finding('login-refused', 'destination', { mailbox: 'ben@x', told: 'NO' });

it('draws a frame a while after the first change, whatever comes meanwhile', async () => {
  const { model, clock, frames } = aModel();
  for (const row of rows) model.watch.begun(row);
  await model.watch.mailbox(rows[0]!, census, []);
  expect(frames()).toBe(0);

  await clock.pass(300);

  expect(frames()).toBe(1);
  expect(model.view()).toMatchObject({ state: 'mailboxes', done: 1, messages: 10, bytes: 5_000 });
  expect(model.view().mailboxes.map(({ standing }) => standing)).toEqual([
    'looked at',
    'looked at now',
    'looked at now',
  ]);
  expect(model.view()).toBe(model.view());
});

it('groups what is found, with its rows, and names what a login told of the server', async () => {
  const { model, clock } = aModel();
  await model.watch.mailbox(rows[0]!, census, []);
  await model.watch.mailbox(rows[1]!, null, [refused]);
  model.watch.notTried(rows[2]!);
  await clock.pass(300);

  const [group] = model.view().groups;
  expect(group).toMatchObject({ severity: 'will fail', what: 'login is refused', side: 'destination', mailboxes: 1 });
  expect(model.rows(group!.id)).toEqual([expect.objectContaining({ mailbox: 'ben@x', details: 'NO' })]);
  expect(model.view().done).toBe(3);
  expect(model.view().servers[0]).toMatchObject({ side: 'source', facts: ['Dovecot', 'round trip 20 ms'] });
});

it('estimates what is left by what is done', async () => {
  const { model, clock } = aModel();
  await clock.pass(10_000);
  await model.watch.mailbox(rows[0]!, census, []);
  await clock.pass(300);

  expect(model.view().left).toBeGreaterThan(19_000);
  expect(model.view().left).toBeLessThan(22_000);
});

it('is told to stop once, and ends with what the whole plan gave', async () => {
  const { model, clock, stops } = aModel();
  model.stop();
  expect(stops()).toBe(1);
  expect(model.isOver).toBe(false);

  model.ends('stopped', [refused]);
  await clock.pass(300);

  expect(model.isOver).toBe(true);
  expect(model.view()).toMatchObject({ state: 'stopped', groups: [{ what: 'login is refused' }] });
});
