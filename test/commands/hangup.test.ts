import { afterEach, beforeEach, expect, it } from 'vitest';
import { Desk } from '../support/terminals.js';

const BY_HANGUP = 129;

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.set();
});
afterEach(() => desk.clear());

it('ends by the hangup, and not in a core dump, when the terminal is gone from under it', async () => {
  const terminal = desk.opens([]);
  await terminal.shows(/move one mailbox/);
  terminal.vanishes();
  expect(await terminal.exit).toBe(BY_HANGUP);
});

it('ends by a hangup that only comes as a signal', async () => {
  const terminal = desk.opens([]);
  await terminal.shows(/move one mailbox/);
  terminal.hangUp();
  expect(await terminal.exit).toBe(BY_HANGUP);
});
