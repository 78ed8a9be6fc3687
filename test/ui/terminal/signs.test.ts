import { beforeEach, describe, expect, it } from 'vitest';
import { type Signs, type SignsWishes, TerminalSigns } from '../../../src/ui/terminal/signs.js';
import { showsProgress } from '../../../src/ui/terminal/version.js';
import { AConsole } from '../support/a-console.js';
import { ManualClock } from '../support/manual-clock.js';
import { PaperTerminal } from '../support/paper-terminal.js';

const WORKING: Signs = { title: '64% · school', percent: 64, needs: 0, isOver: false };
const KEEP_AND_ASK = '\u001b[22;2t\u001b[>0q';
const BACK = '\u001b]2;\u0007\u001b[23;2t';

let paper: PaperTerminal;
let clock: ManualClock;
let now: Signs;
let change: () => void;
let listening: number;
beforeEach(() => {
  paper = new PaperTerminal();
  clock = new ManualClock();
  now = WORKING;
  listening = 0;
});

function signsWith(wishes: Partial<SignsWishes> = {}): TerminalSigns {
  return new TerminalSigns({
    output: paper,
    clock,
    source: {
      now: () => now,
      onChange: (listener) => {
        change = listener;
        listening += 1;
        return () => {
          listening -= 1;
        };
      },
    },
    wishes: { title: 'shown', bell: 'silent', ...wishes },
  });
}

/** The bytes that a change of the batch writes. */
function becomes(next: Partial<Signs>): string {
  now = { ...now, ...next };
  change();
  return paper.take();
}

describe('the title', () => {
  it('is kept, set, changed only when it changes, and put back', () => {
    const signs = signsWith();
    expect(signs.enter()).toBe(`${KEEP_AND_ASK}\u001b]2;64% · school\u0007`);
    expect(becomes({})).toBe('');
    expect(becomes({ title: '▲2 · 65% · school', needs: 2 })).toBe('\u001b]2;▲2 · 65% · school\u0007');
    expect(signs.leave()).toBe(BACK);
    expect(listening).toBe(0);
  });

  it('is ours again after Ctrl-Z', () => {
    const signs = signsWith();
    signs.enter();
    signs.leave();
    expect(signs.enter()).toBe(`${KEEP_AND_ASK}\u001b]2;64% · school\u0007`);
  });

  it('is left alone on a terminal that would print it, and so is the question for its name', () => {
    const signs = signsWith({ title: 'hidden' });
    expect(signs.enter()).toBe('');
    expect(becomes({ title: 'x' })).toBe('');
    expect(signs.leave()).toBe('');
  });

  it('waits for a terminal that takes nothing', () => {
    const signs = signsWith();
    signs.enter();
    paper.stalled = true;
    expect(becomes({ title: 'later' })).toBe('');
    paper.stalled = false;
    expect(becomes({})).toBe('\u001b]2;later\u0007');
  });
});

describe('the progress', () => {
  it('is not shown by a terminal that says nothing, nor by one that takes it for a message', () => {
    const signs = signsWith();
    signs.enter();
    expect(becomes({ percent: 70 })).toBe('');
    signs.named('tmux 3.4');
    expect(becomes({ percent: 71 })).toBe('');
    expect(signs.leave()).toBe(BACK);
  });

  it('is shown by one that is known for it, in red while somebody is needed, and removed', () => {
    const signs = signsWith();
    signs.enter();
    signs.named('ghostty 1.2.0');
    expect(paper.take()).toBe('\u001b]9;4;1;64\u0007');
    expect(becomes({ needs: 1 })).toBe('\u001b]9;4;2;64\u0007');
    expect(becomes({ needs: 0, percent: 90 })).toBe('\u001b]9;4;1;90\u0007');
    expect(signs.leave()).toBe(`\u001b]9;4;0\u0007${BACK}`);
    expect(signs.enter()).toContain('\u001b]9;4;1;90\u0007');
    expect(becomes({ isOver: true })).toBe('\u001b]9;4;0\u0007');
    expect(signs.leave()).toBe(BACK);
  });

  it('is renewed before a terminal takes it for abandoned', async () => {
    const signs = signsWith();
    signs.enter();
    signs.named('ghostty 1.2.0');
    paper.take();
    await clock.pass(9_000);
    expect(becomes({})).toBe('');
    await clock.pass(1_000);
    expect(becomes({})).toBe('\u001b]9;4;1;64\u0007');
  });

  it.each([
    ['ghostty 1.2.0', true],
    ['ghostty 1.3.1-main', true],
    ['ghostty 1.1.9', false],
    ['iTerm2 3.6.6', true],
    ['iTerm2 3.5.14', false],
    ['iTerm2 3.10.0', true],
    ['VTE(8000)', true],
    ['VTE(7603)', false],
    ['WezTerm 20250312-101112-abcdef00', true],
    ['WezTerm 20240203-110809-5046fc22', false],
    ['Windows Terminal 1.24.2372.0', true],
    ['kitty(0.43.0)', false],
    ['XTerm(390)', false],
    ['not ghostty 1.2.0', false],
    ['', false],
  ])('is shown by %j: %s', (version, shows) => {
    expect(showsProgress(version)).toBe(shows);
  });
});

describe('the bell', () => {
  it('rings at the first need and at the end, once each, where it was asked for', () => {
    const signs = signsWith({ bell: 'asked' });
    signs.enter();
    expect(becomes({ needs: 1 })).toBe('\u0007');
    expect(becomes({ needs: 2 })).toBe('');
    expect(becomes({ needs: 0 })).toBe('');
    expect(becomes({ needs: 1 })).toBe('');
    expect(becomes({ isOver: true })).toBe('\u0007');
    expect(becomes({ isOver: false })).toBe('');
    expect(becomes({ isOver: true })).toBe('');
    // Not for what it rang for already, after Ctrl-Z.
    signs.leave();
    expect(signs.enter()).toBe(`${KEEP_AND_ASK}\u001b]2;64% · school\u0007`);
  });

  it('does not ring for what was there when the console was opened', () => {
    now = { ...WORKING, needs: 3, isOver: true };
    const signs = signsWith({ bell: 'asked' });
    expect(signs.enter()).toBe(`${KEEP_AND_ASK}\u001b]2;64% · school\u0007`);
    expect(becomes({ needs: 4 })).toBe('');
  });

  it('is silent where it was not asked for', () => {
    const signs = signsWith();
    signs.enter();
    expect(becomes({ needs: 1, isOver: true })).toBe('');
  });
});

it('a console learns the name of its terminal from what is typed, and types nothing of it', async () => {
  const screen = {
    ...{ name: 'x', action: null, label: 'x', description: '', bindings: [] },
    title: () => 'x',
    component: () => null,
  };
  const source = { now: () => WORKING, onChange: () => () => undefined };
  const console = new AConsole([screen], undefined, { signs: source });
  expect((await console.look()).raw).toContain('\u001b[>0q');
  await console.type('\u001bP>|ghostty 1.2.3\u001b\\');
  expect((await console.look()).raw).toContain('\u001b]9;4;1;64\u0007');
  console.keyboard.end();
  await console.ended;
  expect((await console.look()).raw).toMatch(/\u001b\[\?1049l\u001b\]9;4;0\u0007\u001b\]2;\u0007\u001b\[23;2t$/);
});
