import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Beat } from '../../demo/night/beat.js';
import { type Evidence, judge, type Ledger } from '../../demo/night/judge.js';
import { fillAccount, KEYWORD, whereTo, withKeyword } from '../../demo/night/mail.js';
import type { NightMailbox } from '../../demo/night/mailboxes.js';
import { type NightServers, startNightServers } from '../../demo/night/servers.js';
import { Witness } from '../../demo/night/witness.js';
import type { MailboxEntity, StateChange } from '../../src/protocol/entities.js';
import type { FailureLine } from '../../src/protocol/events.js';
import { systemClock } from '../../src/words/clock.js';
import { aMailbox } from '../support/fake-engine.js';
import { OF_A_RESPONSE } from '../support/verdicts/grounds.js';

const ANN: NightMailbox = { email: 'ann@school.example', password: 'x', folders: { INBOX: 12, Sent: 3 }, pace: 1 };
const SEEN_REFUSED: Beat = {
  who: 'ann',
  what: 'a filter refuses an attachment',
  trouble: [],
  sights: [{ sees: 'failure', kind: 'message-policy', says: /executable/ }],
  ends: { state: 'synced', lacks: [5], open: ['message-policy'] },
};
const NO_KEYWORDS: Beat = {
  ...SEEN_REFUSED,
  trouble: [{ is: 'no keywords' }],
  sights: [],
  ends: { state: 'synced', lacks: [], open: [] },
};

describe('the judge of a night', () => {
  let servers: NightServers;
  beforeEach(async () => {
    servers = await startNightServers([ANN], [], systemClock);
  });
  afterEach(() => servers.stop());

  const there = () => servers.destination.accounts.get(ANN.email);
  /** The program's work, done by hand. */
  const moveAll = (but: readonly string[] = [], flags = (all: readonly string[]) => all) => {
    for (const [path, folder] of servers.source.accounts.get(ANN.email).folders) {
      for (const message of folder.messages) {
        if (but.includes(`${path} ${message.uid}`)) continue;
        const { raw, internalDate } = message;
        const name = whereTo(path);
        (there().find(name) ?? there().addFolder(name)).add({ raw, flags: flags([...message.flags]), internalDate });
      }
    }
  };
  const evidence = (
    more: { readonly state?: string; readonly ledger?: Ledger; readonly witness?: Witness } = {},
  ): Evidence => ({
    servers,
    witness: more.witness ?? new Witness(),
    states: new Map([[ANN.email, more.state ?? 'synced']]),
    ledgers: new Map(more.ledger ? [[ANN.email, more.ledger]] : []),
  });
  const REFUSED: Ledger = { open: ['message-policy'], noted: [] };
  const sawIt = () => {
    const witness = new Witness();
    witness.note({ type: 'failure', failure: aFailure('NO Message rejected: executable attachment') });
    return witness;
  };

  it('finds nothing wrong with a mailbox of which all is there', () => {
    moveAll();
    expect(judge(ANN, [], evidence())).toMatchObject({ same: 15, messages: 15, lacks: 0, extra: 0, wrong: [] });
  });

  it('finds nothing wrong where all went as scripted', () => {
    moveAll(['INBOX 5']);
    expect(judge(ANN, [SEEN_REFUSED], evidence({ ledger: REFUSED, witness: sawIt() })).wrong).toEqual([]);
  });

  it.each([
    [
      'a message that is not there',
      () => moveAll(['INBOX 5', 'Sent 2']),
      /^missing: INBOX 5, Sent 2 instead of INBOX 5$/,
    ],
    ['one that is there and must not be', () => moveAll(), /^missing: nothing instead of INBOX 5$/],
    [
      'a double',
      () => {
        moveAll(['INBOX 5']);
        const [first] = there().folder('INBOX').messages;
        there()
          .folder('INBOX')
          .add({ raw: first!.raw, flags: [...first!.flags], internalDate: first!.internalDate });
      },
      /^twice or altered at the destination: INBOX 12$/,
    ],
  ])('finds %s', (_, move, wrong) => {
    move();
    const found = judge(ANN, [SEEN_REFUSED], evidence({ ledger: REFUSED, witness: sawIt() })).wrong;
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(wrong);
  });

  it.each([
    ['another state', { state: 'held' }, /^state: held instead of synced$/],
    [
      'an error that nobody entered',
      { ledger: { open: [], noted: [] } },
      /^open errors: nothing instead of message-policy$/,
    ],
    ['what the operator was never shown', { witness: new Witness() }, /^never shown: .*executable/],
  ])('finds %s', (_, more, wrong) => {
    moveAll(['INBOX 5']);
    const found = judge(ANN, [SEEN_REFUSED], evidence({ ledger: REFUSED, witness: sawIt(), ...more })).wrong;
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(wrong);
  });

  it('lets keywords be missing only where each is noted', () => {
    const without = (all: readonly string[]) => all.filter((flag) => flag !== KEYWORD);
    moveAll([], without);
    // Of Sent they have to arrive: its third message has none.
    const noted = (messages: number): Ledger => ({
      open: [],
      noted: [{ response: `does not keep ${KEYWORD}`, messages }],
    });
    expect(withKeyword(12)).toBe(2);
    expect(judge(ANN, [NO_KEYWORDS], evidence({ ledger: noted(1) })).wrong).toContain(
      `1 messages are noted as without ${KEYWORD} instead of 2`,
    );
    expect(judge(ANN, [], evidence()).wrong).not.toEqual([]);
  });

  it('makes mail of which each message is one of its own', () => {
    const raws = new Set<string>();
    for (const [, folder] of servers.source.accounts.get(ANN.email).folders)
      for (const { raw } of folder.messages) raws.add(raw.toString());
    expect(raws.size).toBe(15);
    const odd = servers.source.accounts.add('odd');
    fillAccount(odd, ANN, new Map([[2, 'more bytes than are taken']]));
    expect(odd.folder('INBOX').messages.map(({ size }) => size > 512 * 1024)).toEqual(
      Array.from({ length: 12 }, (_, at) => at === 1),
    );
  });
});

describe('the witness', () => {
  const saw = (history: readonly StateChange[], minutes: number) => {
    const witness = new Witness();
    // A console hears of a state more than once.
    for (let known = 1; known <= history.length; known++) witness.note(mailbox(history.slice(0, known)));
    return witness.saw('ann@school.example', { sees: 'rest', says: /checked/, minutes });
  };
  const mailbox = (history: readonly StateChange[]) =>
    ({
      type: 'mailbox',
      mailbox: { ...aMailbox('ann'), email: 'ann@school.example', history } as MailboxEntity,
    }) as const;
  const state = (at: number, kind: StateChange['kind'], because: string | null = null): StateChange => ({
    at: at * 60_000,
    kind,
    because: because === null ? null : { key: 'told', text: because },
  });

  it('adds up the rests with this reason that have ended', () => {
    const night = [
      state(0, 'connecting'),
      state(1, 'backing-off', 'source: being checked'),
      state(6, 'connecting'),
      state(7, 'backing-off', 'source: being checked'),
      state(17, 'connecting'),
      state(18, 'backing-off', 'the connection was closed'),
      state(28, 'connecting'),
      state(29, 'backing-off', 'source: being checked'),
    ];
    expect(saw(night, 15)).toBe(true);
    expect(saw(night, 15.1)).toBe(false);
  });

  it('hears of text that must not reach a terminal', () => {
    const witness = new Witness();
    witness.note({ type: 'failure', failure: aFailure('NO fine, ünd 日本') });
    expect(witness.harmful).toEqual([]);
    witness.note({ type: 'failure', failure: aFailure('NO \u001b[2J') });
    witness.note({ type: 'failure', failure: aFailure('NO \u202edesrever') });
    expect(witness.harmful).toHaveLength(2);
  });
});

function aFailure(response: string): FailureLine {
  return {
    at: 0,
    mailbox: 'ann@school.example',
    side: 'destination',
    command: 'APPEND',
    folder: 'INBOX',
    uids: '5',
    destinationUids: '',
    count: 1,
    response,
    verdict: {
      kind: 'message-policy',
      code: null,
      scope: 'message',
      next: 'skip-message',
      waitSeconds: 0,
      advice: { key: 'nothing' },
      rule: 'test',
      grounds: OF_A_RESPONSE,
    },
  };
}
