import { describe, expect, it } from 'vitest';
import {
  emptyForm,
  type FormAction,
  type FormState,
  formAfter,
  mayMove,
  placesOf,
} from '../../../../src/ui/screens/start/form-state.js';
import type { SideTest } from '../../../../src/ui/screens/start/services.js';
import { adviceLines, testLine } from '../../../../src/ui/screens/start/test-lines.js';
import { DRAWN } from '../../../../src/ui/text/glyphs.js';
import { plainText } from '../../../../src/ui/text/spans.js';
import { aStartConsole } from '../../support/a-batch-console.js';
import { turn } from '../../support/manual-clock.js';
import { clickOn } from '../../support/mouse.js';
import { GOOD, PaperStart, REFUSED } from '../../support/paper-start.js';

describe('the form of the start screen', () => {
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
        source: { url: 'imaps://ann@old.example', password: 'hunter2', trust: '', application: '' },
        destination: { url: 'imaps://ann@new.example', password: 'swordfish', trust: '', application: '' },
        scope: { chosen: null, only: '', without: '', since: '' },
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
    const scope = { chosen: null, only: '', without: 'Trash, Spam*', since: '2024-03-01' };
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
    expect(placesOf(tested).slice(-6)).toEqual(['move', 'dry run', 'folders', 'only', 'without', 'since']);
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
