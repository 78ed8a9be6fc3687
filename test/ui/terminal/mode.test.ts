import { expect, it } from 'vitest';
import { chooseMode, type ModeQuestion } from '../../../src/ui/terminal/mode.js';
import { copySequence } from '../../../src/ui/terminal/osc52.js';

const ask = (env: ModeQuestion['env'], more: Partial<ModeQuestion> = {}) =>
  chooseMode({
    stdinIsTerminal: true,
    stdoutIsTerminal: true,
    env,
    ascii: 'by locale',
    theme: null,
    bell: 'silent',
    mouse: 'on',
    ...more,
  });
const UTF8 = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' };

it.each<[string, ModeQuestion['env'], Partial<ModeQuestion>, string]>([
  ['a terminal', UTF8, {}, 'unicode dark'],
  ['a light one', { ...UTF8, COLORFGBG: '0;15' }, {}, 'unicode light'],
  ['one with a theme asked for', UTF8, { theme: 'light' }, 'unicode light'],
  ['NO_COLOR', { ...UTF8, NO_COLOR: '1' }, {}, 'unicode mono'],
  ['an empty NO_COLOR, which means nothing', { ...UTF8, NO_COLOR: '' }, {}, 'unicode dark'],
  ['the C locale', { TERM: 'xterm', LANG: 'C' }, {}, 'ascii dark'],
  ['LC_ALL before LANG', { ...UTF8, LC_ALL: 'C' }, {}, 'ascii dark'],
  ['no locale at all', { TERM: 'xterm' }, {}, 'ascii dark'],
  ['--ascii', UTF8, { ascii: 'asked' }, 'ascii dark'],
  ['a VT220', { ...UTF8, TERM: 'vt220' }, {}, 'unicode mono'],
  ['no terminal out', UTF8, { stdoutIsTerminal: false }, 'standard output is no terminal'],
  ['no terminal in', UTF8, { stdinIsTerminal: false }, 'standard input is no terminal'],
  ['no TERM', { LANG: 'C.UTF-8' }, {}, 'a terminal of type "none" cannot be drawn on'],
])('%s', (_, env, more, shown) => {
  const mode = ask(env, more);
  expect(mode.kind === 'console' ? `${mode.charset} ${mode.theme}` : mode.why).toBe(shown);
});

it.each([
  ['xterm-256color', 'shown'],
  ['tmux-256color', 'shown'],
  ['screen', 'shown'],
  ['linux', 'hidden'],
  ['vt220', 'hidden'],
])('a terminal of type %s has its title %s', (TERM, title) => {
  expect(ask({ ...UTF8, TERM }, { bell: 'asked' })).toMatchObject({ signs: { title, bell: 'asked' } });
});

it('copies what a terminal takes, and says when it is more', () => {
  expect(copySequence('ann@new.example')).toBe('\u001b]52;c;YW5uQG5ldy5leGFtcGxl\u0007');
  expect(copySequence('x'.repeat(60_000))).toBeNull();
});
