import { expect, it } from 'vitest';
import { AppendLane } from '../../../../src/engine/copy/transfer/append-lane.js';
import type { Target } from '../../../../src/engine/copy/transfer/append-target.js';
import { Floor } from '../../../../src/engine/copy/transfer/floor.js';
import { TooManyRefusals } from '../../../../src/engine/copy/transfer/refusal-streak.js';
import type { Outgoing } from '../../../../src/engine/imap/commands/append.js';
import type { Tagged } from '../../../../src/engine/imap/connection/tagged.js';
import type { Wire } from '../../../../src/engine/imap/connection/wire.js';
import type { Session } from '../../../../src/engine/imap/session/session.js';
import { classify } from '../../../../src/engine/responses/classify.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';
import { systemClock } from '../../../../src/words/clock.js';
import { UNKNOWN_SERVER } from '../../../support/known-servers.js';

const REFUSED = 'NO [CANNOT] This message is malformed';

/** A destination that refuses every message. */
function refusing(): Session {
  const answer: Tagged = { status: 'NO', line: REFUSED, code: 'CANNOT', codeArgs: '' };
  const wire = { side: 'destination', literals: 'sync', roundTrip: 1, inFlight: 0, command: async () => answer };
  return {
    wire: wire as unknown as Wire,
    capabilities: new Set(),
    greeting: '',
    certificate: null,
    software: Promise.resolve(''),
    known: Promise.resolve(UNKNOWN_SERVER),
  };
}

/** Sends messages to it. @returns the UIDs of those that were entered as refused, and how it ended */
async function sent(count: number, othersPass: boolean) {
  const refused: number[] = [];
  const target: Target = {
    wire: 'INBOX',
    source: 'INBOX',
    floor: new Floor(1),
    storedAnyway: async () => new UidSet(),
    create: async () => false,
    onStored: () => {},
    onKeywordsDropped: () => {},
    othersPass: async () => othersPass,
    isReadOnly: async () => false,
    onRefused: ({ uid }) => refused.push(uid),
  };
  const lane = new AppendLane(
    [refusing()],
    'APPEND, literals waited for',
    (line, command) => classify({ line, command, side: 'destination' }),
    systemClock,
  );
  const body = { slices: [Buffer.from('x')], length: 1 };
  const messages: Outgoing[] = Array.from({ length: count }, (_, at) => ({
    uid: at + 1,
    flags: [],
    internalDate: '',
    body,
    hasNul: false,
  }));
  const ended = await lane.send(target, messages).catch((error: unknown) => error);
  return { refused, ended };
}

it('enters every refused message of a long row where others are taken', async () => {
  const { refused, ended } = await sent(100, true);
  expect(ended).toBeUndefined();
  expect(refused).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
});

it('enters as many as hold the mailbox where nothing else is taken', async () => {
  const { refused, ended } = await sent(100, false);
  expect(ended).toBeInstanceOf(TooManyRefusals);
  expect(refused).toHaveLength(25);
});
