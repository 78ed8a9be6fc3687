import { expect, it } from 'vitest';
import { Notices } from '../../../src/engine/mailbox/notices.js';

it('shows each text of a server once, and says when it stops showing them', () => {
  const notices = new Notices();
  expect(notices.hear('* OK [ALERT] quota')).toBe('* OK [ALERT] quota');
  expect(notices.hear('* OK [ALERT] quota')).toBeNull();
  const shown = Array.from({ length: 1000 }, (_, n) => notices.hear(`* OK ${n}`)).filter((line) => line !== null);
  expect(shown).toHaveLength(50);
  expect(shown.at(-1)).toMatch('no more of it is shown');
  expect(new Notices().hear('x'.repeat(5000))).toHaveLength(1001);
});
