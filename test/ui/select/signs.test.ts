import { expect, it } from 'vitest';
import type { BatchEntity } from '../../../src/protocol/entities.js';
import type { ConsoleView } from '../../../src/ui/model/view.js';
import { signsOf } from '../../../src/ui/select/signs.js';
import { ASCII, DRAWN } from '../../../src/ui/text/glyphs.js';
import { aBatch } from '../../support/fake-engine.js';
import { counts, NOW } from '../support/a-batch.js';

const view = (batch: Partial<BatchEntity> | null, link: ConsoleView['link'] = { kind: 'live' }): ConsoleView => ({
  link,
  now: NOW,
  batch: batch === null ? null : aBatch({ counts: counts(1_000, 640), ...batch }),
  mailboxes: [],
  log: [],
  failures: 0,
});
const copying = { ...aBatch().byState, copying: 1 };

it.each<[string, ConsoleView, string]>([
  ['before the batch is read', view(null), 'nightferry'],
  ['while nobody is needed', view({ byState: copying }), '64% · school'],
  ['while somebody is', view({ byState: copying, needs: 2 }), '▲2 · 64% · school'],
  ['of mailboxes that nobody looked into', view({ byState: copying, expected: 2_000 }), '32% · school'],
  ['without an engine', view({ needs: 1 }, { kind: 'gone', at: NOW }), '▲1 · engine gone · school'],
])('the title %s', (_, shown, title) => {
  expect(signsOf(shown, DRAWN).title).toBe(title);
});

it('the title is ASCII where nothing else is shown', () => {
  expect(signsOf(view({ byState: copying, needs: 2 }), ASCII).title).toBe('!2 . 64% . school');
});

it('it is over when the engine has ended, or nothing is left but what needs somebody', () => {
  expect(signsOf(view({ byState: copying }), DRAWN)).toMatchObject({ percent: 64, isOver: false });
  expect(signsOf(view({ byState: copying }, { kind: 'ended', exitCode: 3 }), DRAWN).isOver).toBe(true);
  expect(signsOf(view({ byState: { ...aBatch().byState, held: 1 } }), DRAWN).isOver).toBe(true);
  expect(signsOf(view({ byState: aBatch().byState }, { kind: 'gone', at: NOW }), DRAWN).isOver).toBe(false);
});
