import { describe, expect, it } from 'vitest';
import { workerLines } from '../../../../src/ui/screens/night/worker-lines.js';
import { ASCII, DRAWN } from '../../../../src/ui/text/glyphs.js';
import { plainText, spansWidth } from '../../../../src/ui/text/spans.js';
import { said } from '../../../support/a-reason.js';
import { aCopying, aMailbox, MINUTE, NOW } from '../../support/a-batch.js';

const RESTING = aMailbox('bob@school.example', {
  state: { kind: 'backing-off', until: NOW + 3 * MINUTE, because: said('destination', 'NO [UNAVAILABLE] later') },
});

const drawn = (width: number, focus = 0, glyphs = DRAWN) =>
  workerLines([aCopying('ann@school.example', 0.64), aCopying('cleo@school.example', 0.5, { errors: 3 }), RESTING], {
    width,
    focus,
    now: NOW,
    glyphs,
    drain: null,
  }).map(plainText);

describe('mailboxes at work, a line each', () => {
  it('says who, where, how far, how fast and until when at 80 cells', () => {
    const [titles, ann, cleo] = drawn(80);
    expect(titles).toMatch(/^ {2}mailbox +state +folder +% +done/);
    expect(ann).toMatch(/^▸ ann@school\.example +copying +INBOX +64% +2\.8 MB\/s +04:12/);
    expect(cleo).toMatch(/^ {2}cleo@school\.example/);
  });

  it('has a bar, messages and what failed where there is room', () => {
    const [, ann, cleo, bob] = drawn(160);
    expect(ann).toMatch(/█{7}.*64% .*112\/s +2\.8 MB\/s +04:12/);
    expect(cleo).toMatch(/50%.*3 failed/);
    expect(bob).toMatch(/back in 3:00 .*UNAVAILABLE/);
  });

  it('says no pace of a mailbox that logs in', () => {
    const connecting = aMailbox('dora@school.example', { state: { kind: 'connecting' } });
    const [, line] = workerLines([connecting], { width: 160, focus: 0, now: NOW, glyphs: DRAWN, drain: null });
    expect(plainText(line ?? [])).toContain('connecting');
    expect(plainText(line ?? [])).not.toMatch(/\/s/);
  });

  it.each([80, 100, 120, 200, 260])('is never wider than %i cells, drawn or in ASCII', (width) => {
    for (const glyphs of [DRAWN, ASCII])
      for (const line of drawn(width, 1, glyphs)) expect(spansWidth([line])).toBeLessThanOrEqual(width);
  });
});
