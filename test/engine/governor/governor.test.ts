import { expect, it } from 'vitest';
import type { Admission, Permit, Place } from '../../../src/engine/governor/governor.js';
import { LocalGovernor } from '../../../src/engine/governor/local.js';
import { Servers } from '../../../src/engine/profiles/servers.js';
import { classify } from '../../../src/engine/responses/classify.js';
import type { PassFailure } from '../../../src/engine/responses/pass-failure.js';
import type { Endpoint, PlanRow } from '../../../src/store/batch/batch.js';
import { OWN } from '../../../src/store/batch/endpoints.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';
import type { Side } from '../../../src/words/side.js';
import { anEndpoint } from '../../support/batch/plain-batch.js';

const MINUTE = 60_000;

const ENDPOINT = anEndpoint();

interface Given {
  readonly concurrency?: number;
  readonly waiting?: number;
  readonly source?: Partial<Endpoint>;
  readonly shared?: Side;
}

function aGovernor(given: Given = {}) {
  const { concurrency = 20, waiting = 0, source, shared } = given;
  const clock = { at: 1_000_000, rooms: 0 };
  const said: string[] = [];
  const batch = {
    source: { ...ENDPOINT, ...source },
    destination: { ...ENDPOINT, host: 'mail.new.example' },
    others: { source: { 'imaps://b:993': { ...ENDPOINT, host: 'b' } }, destination: {} },
  };
  const governor = new LocalGovernor({
    batch,
    servers: new Servers(batch),
    clock: { now: () => clock.at, monotonic: () => clock.at, sleep: async () => {} },
    random: () => 0.5,
    shared: (side) => side === shared,
    concurrency: () => concurrency,
    waiting: () => waiting,
    onRoom: () => clock.rooms++,
    say: (_, text) => said.push(text),
  });
  const admit = (user: string, how: 'in turn' | 'by order' = 'in turn') => governor.admit(row(user), how);
  return { governor, clock, said, admit, enter: (user: string) => placeOf(admit(user)) };
}

const row = (user: string): PlanRow => ({
  id: user,
  email: `${user}@old.example`,
  sourceUser: user,
  destinationUser: user,
  userRoot: null,
  own: null,
  at: null,
  wave: null,
  row: 2,
});

function placeOf(admission: Admission): Place {
  if (admission.kind !== 'place') throw new Error(admission.why.key);
  return admission.place;
}

function lineOf(place: Place, side: Side = 'source'): Permit {
  const line = place.connection(side);
  if (!line) throw new Error('no line');
  return line;
}

function failure(line: string, command = 'connect', side: Side = 'source'): PassFailure {
  return { side, command, folder: null, response: line, verdict: classify({ line, command, side }), goes: 'rest' };
}

const TOO_MANY = failure('* BYE Too many connections from your IP address');
const TOO_MANY_OF_USER = failure('NO [LIMIT] Maximum number of connections from user+IP exceeded', 'LOGIN');
const DOWN = failure('* BYE [UNAVAILABLE] Down for scheduled maintenance');

it('reads the responses of this test as is meant', () => {
  expect(TOO_MANY.verdict).toMatchObject({ kind: 'throttled', scope: 'endpoint' });
  expect(TOO_MANY_OF_USER.verdict).toMatchObject({ kind: 'throttled', scope: 'mailbox' });
  expect(DOWN.verdict).toMatchObject({ kind: 'mailbox-state', scope: 'endpoint' });
});

it('gives each mailbox its connections while nothing is refused', () => {
  const { governor, enter } = aGovernor();
  for (let i = 0; i < 20; i++) {
    const place = enter(`user${i}`);
    for (const side of ['source', 'destination'] as const) {
      expect(place.connection(side)).not.toBeNull();
      expect(place.connection(side)).not.toBeNull();
    }
  }
  expect(governor.standing('source', OWN)).toEqual({ allowed: 40, circuit: null });
});

it('lowers the connections of an endpoint that refused one, and says to those behind what they wait for', () => {
  const { governor, admit, enter, clock } = aGovernor();
  const places = Array.from({ length: 5 }, (_, i) => enter(`user${i}`));
  const lines = places.map((place) => lineOf(place));
  lines[4]!.refused(TOO_MANY, 'server');
  places[4]!.leave();
  expect(governor.standing('source', OWN).allowed).toBe(2);
  expect(governor.standing('destination', OWN).allowed).toBe(40);
  expect(admit('user9')).toEqual({
    kind: 'wait',
    until: clock.at + 3 * MINUTE,
    why: { key: 'endpoint full', side: 'source', connections: 2 },
  });
  for (const line of lines.slice(0, 3)) line.closed();
  expect(admit('user9').kind).toBe('place');
});

it('goes on with one connection in all', () => {
  const { admit, enter } = aGovernor();
  const ann = enter('ann');
  const first = lineOf(ann);
  lineOf(ann).refused(TOO_MANY, 'server');
  expect(admit('bob')).toMatchObject({ kind: 'wait', why: { key: 'endpoint full', side: 'source', connections: 1 } });
  first.closed();
  ann.leave();
  const bob = enter('bob');
  expect(bob.connection('source')).not.toBeNull();
  expect(bob.connection('source')).toBeNull();
});

it('keeps for others what they cannot do without', () => {
  for (const waiting of [2, 0]) {
    const { enter, governor } = aGovernor({ concurrency: 4, waiting });
    const ann = enter('ann');
    lineOf(ann);
    const more = Array.from({ length: 7 }, () => lineOf(ann));
    more[6]!.refused(TOO_MANY, 'server');
    for (const line of more) line.closed();
    expect(governor.standing('source', OWN).allowed).toBe(4);
    // ann and bob have one each, and two more are to come.
    const bob = enter('bob');
    lineOf(bob);
    expect(bob.connection('source') === null).toBe(waiting === 2);
  }
});

it('lets one mailbox’s own ceiling be its own', () => {
  const { governor, enter } = aGovernor();
  const [ann, bob] = [enter('ann'), enter('bob')];
  lineOf(ann);
  lineOf(ann).refused(TOO_MANY_OF_USER, 'server');
  expect(ann.connection('source')).toBeNull();
  expect(governor.standing('source', OWN).allowed).toBe(40);
  lineOf(bob);
  expect(bob.connection('source')).not.toBeNull();
});

it('lets the ceiling of a login that many share hold for all of them', () => {
  const { admit, enter } = aGovernor({ source: { user: 'admin', authzid: true } });
  const places = Array.from({ length: 4 }, (_, i) => enter(`user${i}`));
  for (const place of places.slice(0, 3)) lineOf(place);
  lineOf(places[3]!).refused(TOO_MANY_OF_USER, 'server');
  expect(admit('bob')).toMatchObject({ kind: 'wait', why: { key: 'endpoint full', side: 'source', connections: 2 } });
});

it('lets one mailbox try a login that all share, until it works', () => {
  const { admit, enter } = aGovernor({ shared: 'destination' });
  const ann = enter('ann');
  expect(admit('bob')).toMatchObject({
    kind: 'wait',
    why: { key: 'shared login tried', side: 'destination' },
  });
  // The source let it in: that says nothing of the other login.
  lineOf(ann).reached();
  expect(admit('bob').kind).toBe('wait');
  ann.leave();
  const eve = enter('eve');
  expect(admit('bob').kind).toBe('wait');
  lineOf(eve, 'destination').reached();
  expect(admit('bob').kind).toBe('place');
  expect(admit('tom').kind).toBe('place');
});

it('opens the circuit of an endpoint by three mailboxes, and of no other one', () => {
  const { governor, admit, enter, clock } = aGovernor();
  for (const user of ['ann', 'bob', 'eve']) {
    const place = enter(user);
    lineOf(place).refused(DOWN, 'server');
    place.leave();
  }
  const until = clock.at + 5 * MINUTE;
  expect(governor.standing('source', OWN).circuit).toEqual({ until, because: DOWN.response });
  expect(governor.standing('destination', OWN).circuit).toBeNull();
  expect(admit('tom')).toEqual({
    kind: 'wait',
    until,
    why: { key: 'circuit', side: 'source', response: DOWN.response, probe: 'to come' },
  });
});

it('does not open for what three mailboxes met each for itself', () => {
  const { governor, enter } = aGovernor();
  for (const user of ['ann', 'bob', 'eve']) {
    const place = enter(user);
    place.failed(failure('NO [UNAVAILABLE] Mailbox is being repaired', 'EXAMINE'));
    place.leave();
  }
  expect(governor.standing('source', OWN).circuit).toBeNull();
});

it('closes when the one that tries gets an answer of its own, be it a refused password', () => {
  const { governor, enter, clock, said } = aGovernor();
  const lines = ['ann', 'bob', 'eve', 'tom'].map((user) => lineOf(enter(user)));
  for (const line of lines) line.refused(DOWN, 'server');
  clock.at += 5 * MINUTE;
  const before = clock.rooms;
  lineOf(enter('tom')).refused(failure('NO [AUTHENTICATIONFAILED] Wrong password', 'LOGIN'), 'server');
  expect(governor.standing('source', OWN).circuit).toBeNull();
  expect(clock.rooms).toBeGreaterThan(before);
  expect(said).toEqual([
    `source mail.old.example: left alone until 00:21:40 UTC, then one mailbox tries: ${DOWN.response}`,
    'source mail.old.example: it answers again, the mailboxes go on one after the other',
  ]);
});

it('stays open where the one that tries has its connection dropped without a word', () => {
  const { governor, enter, clock } = aGovernor();
  for (const user of ['ann', 'bob', 'eve']) lineOf(enter(user)).refused(DOWN, 'server');
  clock.at += 5 * MINUTE;
  const broken = failure('* BYE', 'LOGIN');
  lineOf(enter('tom')).refused({ ...broken, verdict: { ...broken.verdict, scope: 'mailbox' } }, 'nobody');
  expect(governor.standing('source', OWN).circuit?.until).toBeGreaterThan(clock.at);
});

it('takes back what an attempt did not use', () => {
  const { admit, enter } = aGovernor();
  const ann = enter('ann');
  lineOf(ann).refused(TOO_MANY, 'server');
  // The source bears 1 now; bob's place has it, and bob's password is missing.
  const bob = enter('bob');
  expect(admit('eve').kind).toBe('wait');
  bob.leave();
  expect(admit('eve').kind).toBe('place');
});

it('counts a connection until it is closed, and a place until it is left, once', () => {
  const { governor, enter, clock } = aGovernor({ concurrency: 1 });
  const ann = enter('ann');
  const line = lineOf(ann);
  line.reached();
  lineOf(ann).refused(TOO_MANY, 'server');
  ann.leave();
  ann.leave();
  expect(governor.admit(row('bob'), 'in turn').kind).toBe('wait');
  const before = clock.rooms;
  line.closed();
  line.closed();
  expect(clock.rooms).toBe(before + 1);
  expect(governor.admit(row('bob'), 'in turn').kind).toBe('place');
});

it('lets no more connections be had than the server is known to bear', () => {
  const known = (overrides: Endpoint['limits']['profile']['overrides']) =>
    aGovernor({ source: { limits: { ...NO_LIMITS, profile: { name: null, overrides } } } });
  const address = known({ connectionsOfAddress: 2 });
  const first = address.enter('ann');
  expect([lineOf(first), first.connection('source') !== null, first.connection('source')]).toMatchObject([
    {},
    true,
    null,
  ]);
  expect(address.admit('ben')).toMatchObject({ kind: 'wait', why: { key: 'endpoint full', connections: 2 } });
  first.leave();
  expect(address.governor.standing('source', OWN).allowed).toBe(2);
  const login = known({ connectionsOfLogin: 1 });
  expect([lineOf(login.enter('ann')) !== null, login.enter('ben').connection('source') !== null]).toEqual([true, true]);
});

it('counts each endpoint by itself: one that is left alone keeps nobody from another', () => {
  const { governor, admit, enter, said } = aGovernor();
  const elsewhere = (user: string) => ({ ...row(user), at: { source: 'imaps://b:993', destination: null } });
  for (const user of ['ann', 'bob', 'eve']) {
    const place = enter(user);
    place.connection('source')?.refused(DOWN, 'server');
    place.leave();
  }
  expect(governor.standing('source', OWN).circuit).not.toBeNull();
  expect(admit('tom').kind).toBe('wait');
  expect(governor.standing('source', 'imaps://b:993').circuit).toBeNull();
  expect(governor.admit(elsewhere('tom'), 'in turn').kind).toBe('place');
  // The log names which of the two it is.
  expect(said.join('\n')).toContain('source mail.old.example: left alone until');
});
