import { describe, expect, it } from 'vitest';
import { cameBackAs, isPlainName, likenessOf } from '../../../../src/engine/copy/map/folder-likeness.js';
import { aSide } from './layouts.js';

const named = (...names: readonly string[]) => aSide('/', {}, ...names).folders;
const folder = (name: string) => named(name)[0]!;

describe('a name that came back', () => {
  it.each([
    ['Cafe\u0301', 'Caf\u00e9', 'composed'],
    ['work', 'Work', 'case'],
    ['Was nun?', 'Was nun_', 'replaced'],
    ['Protokolle der Sitzungen', 'Protokolle der Sit', 'cut'],
    ['Post', 'Postfach', null],
    ['A', 'B', null],
    ['same', 'same', null],
  ])('%j is known in %j', (wanted, shown, how) => {
    expect(likenessOf(folder(wanted), folder(shown))).toBe(how);
  });

  it('is known trimmed, and with modified UTF-7 taken for letters', () => {
    expect(likenessOf({ wire: 'A /b', name: 'A /b' }, { wire: 'A/b', name: 'A/b' })).toBe('trimmed');
    expect(likenessOf({ wire: 'M&AOQ-rz', name: 'M\u00e4rz' }, { wire: 'M&-AOQ-rz', name: 'M&AOQ-rz' })).toBe(
      'letters',
    );
  });

  it('is that which was not there before', () => {
    const listed = named('WORK', 'Work');
    expect(cameBackAs(folder('work'), listed, new Set(['WORK']))?.as.name).toBe('Work');
    expect(cameBackAs(folder('other'), listed, new Set())).toBeNull();
  });

  it('is that in the same case where two are alike', () => {
    const listed = named('Alpha_One', 'alpha_one');
    const before = new Set(['Alpha_One', 'alpha_one']);
    expect(cameBackAs(folder('alpha one'), listed, before)?.as.name).toBe('alpha_one');
    expect(cameBackAs(folder('Alpha One'), listed.toReversed(), before)?.as.name).toBe('Alpha_One');
    expect(cameBackAs(folder('ALPHA ONE'), listed, before)?.as.name).toBe('Alpha_One');
  });
});

it.each([
  ['Sent Items', true],
  ['[Gmail]/All Mail', true],
  ['Archive/2020', true],
  ['\u00dcbersicht', false],
  ['Post ', false],
  ['a  b', false],
  ['was?', false],
  ['x'.repeat(100), false],
])('%j needs no look after it was made: %j', (name, isPlain) => {
  expect(isPlainName(name, '/')).toBe(isPlain);
});
