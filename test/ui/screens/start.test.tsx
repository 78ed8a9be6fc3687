import { describe, expect, it } from 'vitest';
import { isAlive, sortBatches, standing } from '../../../src/ui/screens/start/batch-columns.js';
import {
  emptyForm,
  type FormAction,
  type FormState,
  formAfter,
  mayMove,
  placesOf,
} from '../../../src/ui/screens/start/form-state.js';
import type {
  BatchSummary,
  DryRunSeen,
  MoveDraft,
  SideTest,
  StartServices,
  TypedSide,
  Untrusted,
} from '../../../src/ui/screens/start/services.js';
import { adviceLines, testLine } from '../../../src/ui/screens/start/test-lines.js';
import { DRAWN } from '../../../src/ui/text/glyphs.js';
import { plainText } from '../../../src/ui/text/spans.js';
import { counts, MINUTE, NOW } from '../support/a-batch.js';
import { aStartConsole, SMALL } from '../support/a-batch-console.js';
import { turn } from '../support/manual-clock.js';
import { clickOn } from '../support/mouse.js';

const UP = '\u001b[A';

function summary(name: string, more: Partial<BatchSummary> = {}): BatchSummary {
  return {
    name,
    state: 'stopped',
    why: '',
    mailboxes: 20,
    byState: {},
    needs: 0,
    counts: counts(1_000, 570),
    expected: 0,
    errors: 0,
    eta: null,
    lastAt: NOW - 600 * MINUTE,
    ...more,
  };
}

const certificate = (fingerprint: string) => ({
  ...{ fingerprint, subject: 'CN=mail', issuer: 'CN=school', validTo: 'Jan  1 00:00:00 2030 GMT' },
});

const RUNNING = summary('school-2026', {
  state: 'running',
  byState: { held: 2, copying: 17, scanning: 1 },
  needs: 2,
  errors: 214,
  eta: NOW + 206 * MINUTE,
});
const MEGA = 1024 ** 2;
const GOOD = {
  ok: true,
  software: 'Dovecot',
  folders: 14,
  messages: 41_882,
  size: { bytes: 3.3e9, is: 'whole' },
  large: { over: 10 * MEGA, sizes: [11 * MEGA, 26 * MEGA, 30 * MEGA] },
  quota: null,
  appendLimit: 25 * MEGA,
  way: 'MULTIAPPEND, LITERAL+',
  roundTrip: 20,
  notes: [],
} as const satisfies SideTest;
const REFUSED: SideTest = {
  ok: false,
  why: 'NO [AUTHENTICATIONFAILED] refused',
  advice: 'Check user name and password.',
  at: 'password',
};

class PaperStart implements StartServices {
  list: readonly BatchSummary[] = [
    RUNNING,
    summary('law-firm', { errors: 3 }),
    summary('test-move', { state: 'ended' }),
  ];
  readonly tested: [string, string, string][] = [];
  /** A side that is trusted only by this. */
  showsCertificate: Partial<Record<'source' | 'destination', Untrusted>> = {};
  readonly moved: MoveDraft[] = [];
  readonly seen: MoveDraft['scope'][] = [];
  dryRunSeen: DryRunSeen = { ok: true, lines: ['ann: 17 of 20 messages to copy', '  INBOX 17'] };
  readonly asked: string[] = [];
  answers: Record<'source' | 'destination', SideTest> = {
    source: GOOD,
    destination: { ...GOOD, messages: 0, large: null, notes: ['It is known to be slow at night.'] },
  };

  async batches() {
    return this.list;
  }
  async test(side: 'source' | 'destination', { url, password, trust }: TypedSide): Promise<SideTest> {
    this.tested.push([side, url, password]);
    const untrusted = this.showsCertificate[side];
    if (untrusted && trust.replaceAll(':', '') !== untrusted.certificate.fingerprint)
      return { ok: false, why: 'the certificate is not trusted', advice: 'Compare it.', at: 'trust', untrusted };
    return this.answers[side];
  }
  async move(draft: MoveDraft) {
    this.moved.push(draft);
    return { ok: true as const, batch: 'ann-at-old' };
  }
  async dryRun(draft: MoveDraft) {
    this.seen.push(draft.scope);
    return this.dryRunSeen;
  }
  async open(batch: string) {
    this.asked.push(`open ${batch}`);
    return { ok: true as const, batch };
  }
  async resume(batch: string) {
    this.asked.push(`resume ${batch}`);
    return { ok: true as const, batch };
  }
  async delete(batch: string) {
    this.asked.push(`delete ${batch}`);
    this.list = this.list.filter(({ name }) => name !== batch);
    return { ok: true as const };
  }
}

describe('the start screen', () => {
  it('lists the batches, those at work first, with what needs a hand', async () => {
    const { console } = await aStartConsole(new PaperStart());
    const screen = await console.screen();
    expect(screen).toMatch(/nightferry +3 batches/);
    expect(screen).toMatch(/▸ {2}school-2026 +running +57% {2}2 need you, 18 at work/);
    expect(screen).toMatch(/law-firm +stopped +57% {2}3 errors +10 h ago/);
    expect(screen).toMatch(/test-move +complete/);
  });

  it('opens the batch that runs, and goes on with one that does not when told to', async () => {
    const first = await aStartConsole(new PaperStart());
    await first.console.type('\r');
    expect(first.choices).toEqual([{ attach: 'school-2026' }]);
    expect(await first.console.ended).toBe(0);
    const services = new PaperStart();
    const second = await aStartConsole(services);
    await second.console.type('j');
    await second.console.type('R');
    await turn();
    expect(services.asked).toEqual(['resume law-firm']);
    expect(second.choices).toEqual([{ attach: 'law-firm' }]);
  });

  it('opens one that does not run to look at it: a morning does not begin with logins', async () => {
    const services = new PaperStart();
    const { console, choices } = await aStartConsole(services);
    await console.type('j');
    await console.type('\r');
    await turn();
    expect(services.asked).toEqual(['open law-firm']);
    expect(choices).toEqual([{ attach: 'law-firm' }]);
  });

  it('keeps what was typed while the help lies over it, and tells of the keys that a field leaves', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('c');
    for (const text of ['imaps://ann@old.example@mail.old.example\r', 'secret']) await console.type(text);
    const lines = async () => (await console.look()).text.map((line) => line.trimEnd());
    const before = await lines();
    expect(before.join('\n')).toContain('f1 help  ^c leave');
    await console.type('\u001bOP');
    expect(await console.screen()).toContain('Fill in the form');
    await console.type('\u001b');
    await console.clock.pass(100);
    expect(await lines()).toEqual(before);
    await console.type('\r');
    for (const text of ['imaps://ann@mail.new.example\r', 'other\r', '\r']) await console.type(text);
    await turn();
    expect(services.tested[0]).toEqual(['source', 'imaps://ann@old.example@mail.old.example', 'secret']);
  });

  it('moves no mailbox to itself', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('c');
    for (const text of ['imaps://ann@mail.example\r', 'x\r', 'imaps://ann@MAIL.example \r', 'x\r', '\r'])
      await console.type(text);
    await turn();
    const screen = await console.screen();
    expect(screen).toContain('Source and destination are the same mailbox.');
    expect(screen).not.toContain('[ Move ]');
  });

  it('deletes the records of a batch only when that is confirmed, and never of one at work', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('D');
    expect(await console.screen()).not.toContain('Delete the records');
    await console.type('jj');
    await console.type('D');
    expect(await console.screen()).toContain('No mail is touched on either side');
    await console.type('\r');
    expect(services.asked).toEqual([]);
    await console.type('D');
    await console.type('Y');
    expect(services.asked).toEqual(['delete test-move']);
    await console.clock.pass(500);
    expect(await console.screen()).not.toContain('test-move  ');
  });

  it('that is read-only opens what runs, and neither resumes, deletes nor moves anything', async () => {
    const services = new PaperStart();
    const { console, choices } = await aStartConsole(services, SMALL, 'read-only');
    expect(await console.screen()).not.toMatch(/move one mailbox|move a mailbox|delete|resume/);
    await console.type('j');
    for (const key of ['\r', 'R', 'D', 'c', '\t']) await console.type(key);
    expect(await console.screen()).toMatch(/▸ {2}law-firm/);
    expect([services.asked, choices]).toEqual([[], []]);
    await console.type('k');
    await console.type('\r');
    expect(choices).toEqual([{ attach: 'school-2026' }]);
  });

  it('begins in the form where there are no batches', async () => {
    const services = new PaperStart();
    services.list = [];
    const { console } = await aStartConsole(services);
    await console.clock.pass(300);
    await console.type('imaps://q@old');
    expect(await console.screen()).toContain('imaps://q@old');
  });

  it('moves one mailbox without a manual: addresses, hidden passwords, a test of both sides, Move', async () => {
    const services = new PaperStart();
    const { console, choices } = await aStartConsole(services);
    await console.type('c');
    await console.type('imaps://ann@old.example\r');
    await console.type('hunter2\r');
    await console.type('imaps://ann@new.example\r');
    await console.type('swordfish\r');
    const typed = await console.screen();
    expect(typed).toContain('●●●●●●●');
    expect(typed).not.toMatch(/hunter2|swordfish/);
    expect(typed).toContain('Move comes when both sides have answered');
    await console.type('\r');
    await turn();
    expect(services.tested).toEqual([
      ['source', 'imaps://ann@old.example', 'hunter2'],
      ['destination', 'imaps://ann@new.example', 'swordfish'],
    ]);
    await console.clock.pass(300);
    const tested = await console.screen();
    expect(tested).toContain('✓ Dovecot, 14 folders, 41,882 messages, 3.1 GB');
    expect(tested).toContain('✓ Dovecot, 14 folders, empty');
    expect(tested).toMatch(/fast: MULTIAPPEND and LITERAL\+ +about 6 min at 100 Mbit\/s/);
    expect(tested).toContain('2 messages are over the size limit of 25.0 MB and will be listed');
    expect(tested).toContain('It is known to be slow at night.');
    expect(services.moved).toEqual([]);
    // The cursor stands on Move.
    await console.type('\r');
    await turn();
    expect(services.moved).toEqual([
      {
        source: { url: 'imaps://ann@old.example', password: 'hunter2', trust: '' },
        destination: { url: 'imaps://ann@new.example', password: 'swordfish', trust: '' },
        scope: { only: '', without: '', since: '' },
      },
    ]);
    expect(choices).toEqual([{ attach: 'ann-at-old' }]);
  });

  it('moves by the mouse alone but for what is typed: fields, the test, a dry run, what mail is meant, Move', async () => {
    const services = new PaperStart();
    const { console, choices } = await aStartConsole(services);
    await clickOn(console, 'ann@old.example');
    await console.type('imaps://ann@old.example');
    await clickOn(console, 'password');
    await console.type('x');
    await clickOn(console, 'ann@new.example');
    await console.type('imaps://ann@new.example');
    await clickOn(console, 'password');
    await console.type('y');
    // Before both sides have answered there is nothing to choose from.
    expect(await console.screen()).not.toMatch(/Dry run|without/);
    await clickOn(console, 'Test both sides');
    await turn();
    await console.clock.pass(300);
    await clickOn(console, 'Trash, Junk*');
    await console.type('Trash, Spam*');
    await clickOn(console, '2024-01-01');
    await console.type('2024-03-01');
    await clickOn(console, 'Dry run');
    await turn();
    await console.clock.pass(300);
    const seen = await console.screen();
    expect(seen).toContain('dry run: nothing was changed');
    expect(seen).toMatch(/│ +ann: 17 of 20 messages to copy/);
    const scope = { only: '', without: 'Trash, Spam*', since: '2024-03-01' };
    expect(services.seen).toEqual([scope]);
    expect(services.moved).toEqual([]);
    await console.type('\u001b');
    await console.clock.pass(100);
    services.dryRunSeen = { ok: false, why: '--since is a day, like 2024-03-01' };
    await clickOn(console, 'Dry run');
    await turn();
    expect(await console.screen()).toContain('▲ --since is a day, like 2024-03-01');
    await clickOn(console, ' Move ');
    await turn();
    expect(services.moved[0]?.scope).toEqual(scope);
    expect(choices).toEqual([{ attach: 'ann-at-old' }]);
  });

  it('offers no move while a side refuses, and says what to do about it', async () => {
    const services = new PaperStart();
    services.answers = { source: GOOD, destination: REFUSED };
    const { console } = await aStartConsole(services);
    await console.type('c');
    for (const text of ['imaps://a@old\r', 'x\r', 'imaps://a@new\r', 'y\r', '\r']) await console.type(text);
    await turn();
    await console.clock.pass(300);
    const screen = await console.screen();
    expect(screen).toContain('✗ NO [AUTHENTICATIONFAILED] refused');
    expect(screen).toContain('Check user name and password.');
    // The cursor stands on the password that was refused.
    await console.type('z');
    for (const key of ['\r', '\r']) await console.type(key);
    await turn();
    expect(services.tested.at(-1)).toEqual(['destination', 'imaps://a@new', 'yz']);
    expect(services.moved).toEqual([]);
  });

  it('shows the fingerprint of a certificate nobody vouches for, and trusts it only when the operator does', async () => {
    const services = new PaperStart();
    const mark = (byte: string) => byte.repeat(32);
    services.showsCertificate = {
      source: { host: 'mail.old.example', why: 'it is signed by itself', certificate: certificate(mark('AB')) },
      destination: { host: 'mail.new.example', why: 'it has expired', certificate: certificate(mark('0C')) },
    };
    const { console } = await aStartConsole(services);
    await console.type('c');
    expect(await console.screen()).not.toContain('trust');
    for (const text of ['imaps://a@old\r', 'x\r', 'imaps://a@new\r', 'y\r', '\r']) await console.type(text);
    await turn();
    await console.clock.pass(300);
    const asked = await console.screen();
    expect(asked).toMatch(/certificate of the source[\s\S]*mail\.old\.example[\s\S]*signed by itself/);
    expect(asked).toContain('AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB');
    // Enter stands on Cancel: nobody trusts by habit.
    await console.type('\r');
    await turn();
    await console.clock.pass(300);
    expect(await console.screen()).toMatch(/certificate of the destination[\s\S]*has expired/);
    expect(services.tested).toHaveLength(2);
    await console.type('Y');
    await turn();
    await console.clock.pass(300);
    const trusted = await console.screen();
    expect(services.tested).toHaveLength(3);
    expect(trusted).toMatch(/trust +0C:0C:0C/);
    expect(trusted).toContain('✗ the certificate is not trusted');
    expect(trusted).toContain('✓ Dovecot, 14 folders, empty');
    expect(services.moved).toEqual([]);
  });

  describe('where one side is slow to answer and the other shows a certificate that nobody vouches for', () => {
    const host = 'mail.old.example';
    async function slowly() {
      const services = new PaperStart();
      services.showsCertificate = {
        source: { host, why: 'it is signed by itself', certificate: certificate('AB'.repeat(32)) },
      };
      const trusted: string[] = [];
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const answers = services.test.bind(services);
      services.test = async (side, typed) => {
        if (typed.trust !== '') trusted.push(typed.url);
        if (side === 'destination') await held;
        return answers(side, typed);
      };
      const { console } = await aStartConsole(services);
      await console.type('c');
      for (const text of ['imaps://a@old', 'x', 'imaps://a@new', 'y', '']) await console.type(`${text}\r`);
      const answered = async (): Promise<void> => {
        release();
        for (let i = 0; i < 3; i++) await console.clock.pass(300);
      };
      return { console, services, trusted, answered };
    }

    it('asks when both have answered', async () => {
      const { console, trusted, answered } = await slowly();
      await answered();
      expect(await console.screen()).toContain('certificate of the source');
      await console.type('Y');
      expect(trusted).toEqual(['imaps://a@old']);
    });

    it('does not ask who went back to a field: the next letter would be an answer', async () => {
      const { console, trusted, answered } = await slowly();
      for (let i = 0; i < 8; i++) await console.type(UP);
      await answered();
      await console.type('Y');
      expect(await console.screen()).toMatch(/from +aY +at old/);
      expect(await console.screen()).not.toContain('certificate of the source');
      expect(trusted).toEqual([]);
    });

    it('does not take the place of another question', async () => {
      const { console, services, trusted, answered } = await slowly();
      await console.type('\u001b');
      await console.clock.pass(100);
      await console.type('jjD');
      await answered();
      expect(await console.screen()).toContain('Delete the records');
      await console.type('Y');
      expect(services.asked).toEqual(['delete test-move']);
      expect(trusted).toEqual([]);
    });
  });

  it('takes a fingerprint or a file where it is wanted, in fields that are shown on a key', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('c');
    await console.type('imaps://a@old');
    await console.type('\u000f');
    await console.clock.pass(300);
    expect(await console.screen()).toMatch(/trust +fingerprint of its certificate, or file of its authority/);
    await console.type('/etc/school.pem\r');
    for (const text of ['imaps://a@new\r', 'y\r', '\r']) await console.type(text);
    await console.type('\u000f');
    await console.clock.pass(300);
    const screen = await console.screen();
    expect(screen).toContain('/etc/school.pem');
    // The other field was empty: it is gone again.
    expect(screen.match(/ trust /g)).toHaveLength(1);
  });

  it('says which field is empty instead of asking a server', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('c');
    for (const text of ['imaps://a@old\r', '\r', '\r', '\r', '\r', '\r', '\r']) await console.type(text);
    await console.clock.pass(300);
    const screen = await console.screen();
    expect(screen).toContain('✗ the password is missing');
    expect(screen).toContain('✗ the user is missing');
    expect(services.tested).toEqual([]);
  });

  it('takes q as a letter in a field, and as leaving in the list', async () => {
    const { console, choices } = await aStartConsole(new PaperStart());
    await console.type('c');
    await console.type('q');
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('q');
    expect(await console.ended).toBe(0);
    expect(choices).toEqual([]);
  });
});

describe('the form', () => {
  const formOf = (...actions: FormAction[]): FormState => actions.reduce(formAfter, emptyForm('batches'));
  const typed = (side: 'source' | 'destination', url: string): FormAction[] => [
    { do: 'type', side, field: 'server', text: url },
    { do: 'type', side, field: 'password', text: 'x' },
  ];

  it('goes round its places, and to Move only once both sides answered well', () => {
    expect(placesOf(formOf())).not.toContain('move');
    const filled = formOf(...typed('source', 'a'), ...typed('destination', 'b'));
    const tested = (['source', 'destination'] as const).reduce(
      (state, side) => formAfter(state, { do: 'tested', side, typed: state.typed[side], result: GOOD }),
      filled,
    );
    expect(mayMove(tested)).toBe(true);
    expect(placesOf(tested).slice(-5)).toEqual(['move', 'dry run', 'only', 'without', 'since']);
    let state = tested;
    for (let i = 0; i < placesOf(tested).length; i++) state = formAfter(state, { do: 'next', batches: 1 });
    expect(state.place).toBe(tested.place);
    expect(formAfter(tested, { do: 'back', batches: 1 }).place).toBe('since');
    // Where no batch is listed Tab goes around the form: the cursor would be nowhere.
    expect(formAfter({ ...tested, place: 'since' }, { do: 'next', batches: 0 }).place).toBe('source user');
    expect(formAfter({ ...tested, place: 'source user' }, { do: 'back', batches: 0 }).place).toBe('since');
  });

  it('forgets a test when what it was made with is changed, and takes none for it that comes late', () => {
    const filled = formOf(...typed('source', 'a'));
    const was = filled.typed.source;
    const changed = formAfter(filled, { do: 'type', side: 'source', field: 'server', text: 'ab' });
    expect(formAfter(changed, { do: 'tested', side: 'source', typed: was, result: GOOD }).tests.source.kind).toBe(
      'untested',
    );
    const tested = formAfter(filled, { do: 'tested', side: 'source', typed: was, result: GOOD });
    expect(tested.tests.source.kind).toBe('done');
    expect(formAfter(tested, { do: 'type', side: 'source', field: 'password', text: 'y' }).tests.source.kind).toBe(
      'untested',
    );
    // The same state is no change.
    expect(formAfter(tested, { do: 'type', side: 'source', field: 'server', text: 'a' })).toBe(tested);
  });
});

describe('what a test found', () => {
  it('is one line, and sentences below', () => {
    const line = (result: SideTest, side: 'source' | 'destination' = 'destination') =>
      plainText(testLine(side, { kind: 'done', result }, DRAWN));
    const quota = { used: 0, limit: 10 * 2 ** 30 };
    expect(line({ ...GOOD, size: null, quota })).toBe('✓ Dovecot, 14 folders, 41,882 messages, quota 10.0 GB');
    expect(line({ ...GOOD, size: { bytes: 3.3e9, is: 'about' }, quota }, 'source')).toBe(
      '✓ Dovecot, 14 folders, 41,882 messages, about 3.1 GB',
    );
    expect(line({ ...GOOD, messages: 0, quota: { ...quota, used: 2 ** 30 } })).toContain(
      'empty, quota 1.0 GB of 10.0 GB',
    );
    expect(line({ ...GOOD, software: '', messages: 0 })).toBe('✓ 14 folders, empty');
    expect(plainText(testLine('source', { kind: 'untested' }, DRAWN))).toBe('');
    const tests = { source: { kind: 'done', result: REFUSED }, destination: { kind: 'done', result: GOOD } } as const;
    const advice = adviceLines({ ...emptyForm('test'), tests }, 60);
    expect(advice.map(plainText)).toEqual([
      'source: NO [AUTHENTICATIONFAILED] refused',
      'Check user name and password.',
    ]);
  });
});

describe('batches', () => {
  it('are those at work, then those with something left, then the done ones, the latest first', () => {
    const list = [
      summary('done', { state: 'ended', lastAt: NOW }),
      summary('old', { lastAt: NOW - 99 * MINUTE }),
      summary('young', { lastAt: NOW }),
      RUNNING,
      summary('never', { lastAt: null }),
    ];
    expect(sortBatches(list).map(({ name }) => name)).toEqual(['school-2026', 'young', 'old', 'never', 'done']);
    expect(list.filter(isAlive)).toEqual([RUNNING]);
  });

  it('say what needs a hand first', () => {
    expect(standing(RUNNING)).toBe('2 need you, 18 at work, 214 errors');
    expect(standing(summary('x', { byState: { incomplete: 1 }, needs: 1, errors: 1 }))).toBe('1 needs you, 1 error');
    expect(standing(summary('x', { state: 'unreadable', why: 'batch.json: version 9' }))).toBe('batch.json: version 9');
  });
});

describe('on a terminal that the form does not fit on', () => {
  it.each([
    { columns: 60, rows: 15 },
    { columns: 40, rows: 8 },
    { columns: 20, rows: 4 },
  ])('at $columns x $rows it lists the batches, those at work first, and recovers', async (size) => {
    const many = Array.from({ length: 30 }, (_, at) => summary(`old-${at}`, { lastAt: NOW - (700 + at) * MINUTE }));
    const services = new PaperStart();
    services.list = [...many, RUNNING];
    const { console } = await aStartConsole(services, SMALL);
    await console.resize(size);
    await console.clock.pass(2_100);
    const { text } = await console.look();
    expect(text[0]).toMatch(/^ night/);
    expect(text[1]).toMatch(/^ school-2026/);
    for (const line of text) expect(line.length).toBeLessThanOrEqual(size.columns);
    if (size.columns === 60) {
      expect(text[1]).toMatch(/running +57% .*2 need you/);
      expect(text.join('\n')).toMatch(/and 19 more/);
      expect(text.join('\n')).toContain('80x24 has the form, too. q leaves, engines go on.');
    }
    await console.resize(SMALL);
    await console.clock.pass(100);
    expect(await console.screen()).toContain('move one mailbox');
  });
});
