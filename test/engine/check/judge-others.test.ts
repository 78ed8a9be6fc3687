import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src/commands/check/finding-words.js';
import { groupFindings } from '../../../src/engine/check/group-findings.js';
import { judgeEndpoint } from '../../../src/engine/check/judge-endpoint.js';
import { judgeFailure } from '../../../src/engine/check/judge-failure.js';
import { judgeRows, judgeTogether } from '../../../src/engine/check/judge-plan.js';
import { busiestOf, type Days, Tally } from '../../../src/engine/check/tally.js';
import { readRoot } from '../../../src/engine/imap/commands/quota.js';
import { CredentialMissing } from '../../../src/engine/imap/session/credentials.js';
import { LoginFailed } from '../../../src/engine/imap/session/login-failed.js';
import { TooManyNames } from '../../../src/engine/listing/too-many-names.js';
import type { OutOfReach } from '../../../src/engine/login/probe.js';
import { readFailure } from '../../../src/engine/mailbox/read-failure.js';
import type { Batch, PlanRow } from '../../../src/store/batch/batch.js';
import { ALL_DAYS } from '../../../src/words/days.js';
import { aCensus, aFolder } from './a-census.js';

const NOW = Date.UTC(2030, 0, 1);
const certificate = (validTo: string) => ({ fingerprint: 'AB', subject: 's', issuer: 'i', validTo });
const TRUSTED = { fingerprint: null };

describe('a server', () => {
  it.each<readonly [OutOfReach, string]>([
    ['refused', 'server-unreachable'],
    ['unknown host', 'server-unreachable'],
    ['no TLS', 'no-tls'],
    ['old TLS', 'no-tls'],
    ['no STARTTLS', 'no-tls'],
  ])('out of reach (%s)', (why, kind) => {
    expect(judgeEndpoint('source', TRUSTED, { kind: 'out of reach', why }, NOW)).toEqual([
      expect.objectContaining({ kind, side: 'source', mailbox: null, told: why }),
    ]);
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'it has expired; SHA-256 AB'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'it is made out to another host; SHA-256 AB'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'it is signed by itself; SHA-256 AB'],
    ['CERT_REVOKED', 'CERT_REVOKED; SHA-256 AB'],
  ])('with a certificate that is not trusted (%s)', (code, told) => {
    const probed = { kind: 'untrusted', code, certificate: certificate('') } as const;
    expect(judgeEndpoint('destination', TRUSTED, probed, NOW)).toMatchObject([{ kind: 'certificate-untrusted', told }]);
  });

  it('that turns everybody away', () => {
    const probed = { kind: 'turned away', line: '* BYE maintenance' } as const;
    expect(judgeEndpoint('source', TRUSTED, probed, NOW)).toMatchObject([
      { kind: 'server-turns-away', told: '* BYE maintenance' },
    ]);
  });

  it.each([
    ['Jan 14 00:00:00 2030 GMT', ['certificate-expiring']],
    ['Jan 16 00:00:00 2030 GMT', []],
    ['no date', []],
  ])('whose certificate is valid until %s', (validTo, kinds) => {
    const probed = { kind: 'answers', certificate: certificate(validTo) } as const;
    expect(judgeEndpoint('source', TRUSTED, probed, NOW).map(({ kind }) => kind)).toEqual(kinds);
    expect(judgeEndpoint('source', { fingerprint: 'AB' }, probed, NOW)).toEqual([]);
  });

  it('without TLS', () => {
    expect(judgeEndpoint('source', TRUSTED, { kind: 'answers' }, NOW)).toEqual([]);
  });
});

describe('a mailbox that could not be looked at', () => {
  const refusal = (line: string) => readFailure(new LoginFailed('source', line, true, 'refused'))!;
  const AUTH = 'NO [AUTHENTICATIONFAILED] no';

  it.each([
    ['one mailbox', AUTH, 'login-refused'],
    ['many mailboxes', AUTH, 'shared-login-refused'],
    ['many mailboxes, proven', AUTH, 'mailbox-missing'],
    ['many mailboxes', 'NO User is authenticated but not connected.', 'mailbox-missing'],
    ['one mailbox', 'NO [NONEXISTENT] no such user', 'mailbox-missing'],
    ['one mailbox', 'NO [UNAVAILABLE] try again later', 'not-looked-at'],
  ] as const)('its login serves %s, and the server says %s', (serves, line, kind) => {
    expect(judgeFailure('ann', refusal(line), serves)).toMatchObject({
      kind,
      side: 'source',
      mailbox: 'ann',
      told: line,
    });
  });

  it.each([
    ['NO [ALERT] Application-specific password required: https://support.example/185833', 'method', 'app password'],
    ['NO [ALERT] Your account is not enabled for IMAP use.', 'imap off', 'switch IMAP on'],
    ['NO [LIMIT] Maximum number of connections from user+IP exceeded', 'connections per user', 'close other programs'],
  ])('tells the next step by the words of the server: %s', (line, advice, todo) => {
    const found = judgeFailure('ann', refusal(line), 'one mailbox');

    expect(found).toMatchObject({ told: line, advice });
    expect(wordsOf(found).todo).toContain(todo);
  });

  it('is grouped by what the server says', () => {
    const [ann, ben, cid] = [AUTH, AUTH, 'NO [ALERT] Application-specific password required'].map((line, at) =>
      judgeFailure(`user${at}`, refusal(line), 'one mailbox'),
    );
    expect(groupFindings([ann!, cid!, ben!]).map(({ kind, mailboxes }) => [kind, mailboxes])).toEqual([
      ['login-refused', 2],
      ['login-refused', 1],
    ]);
  });

  it('and that a run would hold', () => {
    const failure = readFailure(
      new TooManyNames({ key: 'list without end', side: 'source', rows: 100_001, characters: 1 }),
    )!;
    expect(judgeFailure('ann', failure, 'one mailbox')).toMatchObject({ kind: 'mailbox-refused', side: 'source' });
  });

  it('for want of a password', () => {
    const failure = readFailure(new CredentialMissing('destination', 'no password'))!;
    expect(judgeFailure('ann', failure, 'one mailbox').kind).toBe('credential-missing');
  });
});

describe('rows of one mailbox', () => {
  const row = (email: string, more: Partial<PlanRow> = {}): PlanRow => ({
    id: email,
    email,
    sourceUser: email,
    destinationUser: email,
    userRoot: null,
    own: null,
    at: null,
    wave: null,
    row: 2,
    ...more,
  });
  const endpoint = { user: null, authzid: false, login: null } as unknown as Batch['source'];
  const judged = (...mailboxes: PlanRow[]) =>
    judgeRows({ source: endpoint, destination: endpoint, others: { source: {}, destination: {} }, mailboxes }).map(
      ({ kind, told }) => [kind, told],
    );

  it('are found by login, in any case, on each side', () => {
    expect(judged(row('ann'), row('ben'))).toEqual([]);
    expect(judged(row('ann'), row('ben', { destinationUser: 'ANN' }))).toEqual([
      ['one-destination', 'ben'],
      ['one-destination', 'ann'],
    ]);
    expect(judged(row('ann'), row('ben', { sourceUser: 'ann' }))).toEqual([
      ['one-source', 'ben'],
      ['one-source', 'ann'],
    ]);
  });

  it('are several where each has a root of its own', () => {
    expect(judged(row('ann', { userRoot: 'ann' }), row('ben', { sourceUser: 'ann', userRoot: 'ben' }))).toEqual([]);
  });

  it('are found by the id of their INBOX', () => {
    const two = (a: string | null, b: string | null) => [
      aCensus({ mailbox: 'ann', inboxId: { source: null, destination: a } }),
      aCensus({ mailbox: 'ben', inboxId: { source: null, destination: b } }),
    ];
    expect(judgeTogether(two('F1', 'F1')).map(({ kind, told }) => [kind, told])).toEqual([
      ['one-destination', 'ben'],
      ['one-destination', 'ann'],
    ]);
    expect(judgeTogether(two('F1', 'F2'))).toEqual([]);
    expect(judgeTogether(two(null, null))).toEqual([]);
  });

  it('may be those that hold equally much, and are told once', () => {
    const holding = (mailbox: string, messages: number, id: string | null = null) =>
      aCensus({ mailbox, folders: [aFolder({ messages })], inboxId: { source: id, destination: null } });
    const kinds = (...censuses: ReturnType<typeof holding>[]) => judgeTogether(censuses).map(({ kind }) => kind);

    expect(kinds(holding('ann', 20), holding('ben', 20))).toEqual(['equal-mailboxes', 'equal-mailboxes']);
    expect(kinds(holding('ann', 19), holding('ben', 19))).toEqual([]);
    expect(kinds(holding('ann', 20), holding('ben', 21))).toEqual([]);
    expect(kinds(holding('ann', 20, 'F'), holding('ben', 20, 'F'))).toEqual(['one-source', 'one-source']);
  });

  it('name three of many others', () => {
    const found = judged(...['a', 'b', 'c', 'd', 'e', 'f'].map((user) => row(user, { sourceUser: 'one' })));
    expect(found[0]).toEqual(['one-source', 'b, c, d, +2']);
  });
});

describe('a tally', () => {
  const date = (day: number) => `0${day}-Jan-2020 10:00:00 +0000`;
  const at = (day: number) => Date.UTC(2020, 0, day, 10);

  it('counts sizes, dates, marks and keywords, and keeps apart what is not told', () => {
    const days: Days = new Map();
    const tally = new Tally(100, { deleted: 'carry', ...ALL_DAYS, now: at(3) }, days);
    tally.add({ uid: 1, size: 101, flags: ['\\Seen', 'Junk'], internalDate: date(3) });
    tally.add({ uid: 2, size: 100, flags: ['\\DELETED'], internalDate: date(1) });
    tally.add({ uid: 3, size: 0, flags: [], internalDate: date(3) });
    tally.add({ uid: 4, internalDate: 'never' });

    expect(tally.tally).toEqual({
      messages: 4,
      bytes: 201,
      largest: 101,
      oldest: at(1),
      newest: at(3),
      tooLarge: { messages: 1, bytes: 101 },
      outside: 0,
      misdated: 1,
      deleted: 1,
      empty: 1,
      sizeUnknown: 1,
      withKeywords: 1,
      flags: ['\\seen', 'junk', '\\deleted'],
    });
    expect(busiestOf(days)).toEqual({ day: Date.UTC(2020, 0, 3), messages: 2 });
    expect(busiestOf(new Map())).toBeNull();
  });

  it('leaves out what --deleted skip leaves out, and knows no size of nothing', () => {
    const tally = new Tally(null, { deleted: 'skip', ...ALL_DAYS, now: at(1) }, new Map());
    tally.add({ uid: 1, size: 5, flags: ['\\Deleted'], internalDate: date(1) });
    expect(tally.tally).toMatchObject({ messages: 0, bytes: 0, largest: null, oldest: null, deleted: 1 });
  });
});

describe('a quota', () => {
  it.each([
    ['* QUOTA "" (STORAGE 10 512)', { used: 10_240, limit: 524_288 }, null],
    ['* QUOTA "a (STORAGE 1 2)" (MESSAGE 3 4 STORAGE 5 6)', { used: 5_120, limit: 6_144 }, { used: 3, limit: 4 }],
    ['* QUOTA root ()', null, null],
    ['* QUOTA unlimited (STORAGE 1 0)', null, null],
    ['* QUOTA root (X-STORAGE 1 2)', null, null],
  ])('is read from %s', (line, storage, messages) => {
    expect(readRoot(line)).toMatchObject({ storage, messages });
  });
});
