import { expect, it } from 'vitest';
import { farewell } from '../../../src/commands/launch/farewell.js';
import { asTyped } from '../../../src/commands/output/as-typed.js';
import { doneLine } from '../../../src/commands/output/decide-text.js';

const IO = { env: {}, home: '/home/op' };

it.each([
  ['/home/op/.local/state/nightferry/school', 'school'],
  ['/srv/moves/school', 'school --state /srv/moves'],
  ["/srv/the school's/school", "school --state '/srv/the school'\\''s'"],
])('a batch in %s is typed as %s', (dir, typed) => {
  expect(asTyped({ name: 'school', dir }, IO)).toBe(typed);
});

it('knows the usual place by the environment', () => {
  const io = { env: { XDG_STATE_HOME: '/var/state' }, home: '/home/op' };
  expect(asTyped({ name: 'school', dir: '/var/state/nightferry/school' }, io)).toBe('school');
});

it('is what hints say, so that they work when they are pasted', () => {
  const typed = "school --state '/srv/two words'";
  expect(farewell('school', typed, { kind: 'running' })).toContain(`\`nightferry attach ${typed}\``);
  const decision = { id: 12, action: { do: 'release' }, mailboxes: 3, undoable: true } as Parameters<
    typeof doneLine
  >[0];
  expect(doneLine(decision, typed)).toContain("nightferry undo school 12 --state '/srv/two words'");
});
