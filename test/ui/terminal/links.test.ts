import { expect, it } from 'vitest';
import { FrameSink } from '../../../src/ui/terminal/frame-sink.js';
import { opensLinks } from '../../../src/ui/terminal/version.js';
import { ManualClock } from '../support/manual-clock.js';
import { PaperTerminal } from '../support/paper-terminal.js';

const linked = (page: string, text: string) => `\u001b]8;;${page}\u0007${text}\u001b]8;;\u0007`;
const A = 'https://a.example/1';
const B = 'https://a.example/2';

function aSink() {
  const paper = new PaperTerminal({ columns: 80, rows: 24 });
  const sink = new FrameSink(paper, { clock: new ManualClock(), charset: 'unicode' });
  sink.open();
  return { paper, sink };
}

it('writes links only for a terminal that opens them', () => {
  const { paper, sink } = aSink();
  sink.take(`see ${linked(A, 'page')} now`);
  expect(paper.take()).not.toContain(']8;');
  sink.showLinks();
  expect(paper.take()).toContain(`see ${linked(A, 'page')} now`);
});

it('writes a cell anew that leads elsewhere, and nothing where nothing changed', () => {
  const { paper, sink } = aSink();
  sink.showLinks();
  sink.hurry(10_000);
  sink.take(linked(A, 'page'));
  paper.take();
  sink.take(linked(A, 'page'));
  expect(paper.take()).toBe('');
  sink.take(linked(B, 'page'));
  expect(paper.take()).toContain(linked(B, 'page'));
  // The link is over before anything else is written.
  sink.take('page and more');
  expect(paper.take()).not.toContain(']8;;h');
});

it.each([
  ['iTerm2 3.5.14', true],
  ['kitty(0.32.0)', true],
  ['tmux 3.4', true],
  ['tmux 3.3a', false],
  ['VTE(7603)', true],
  ['XTerm(390)', false],
  ['', false],
])('is said of %j: %s', (version, opens) => {
  expect(opensLinks(version)).toBe(opens);
});
