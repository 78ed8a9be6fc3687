import { expect, it } from 'vitest';
import type { MailboxCause } from '../../../src/protocol/cause.js';
import { entryLines, groupLines } from '../../../src/ui/screens/errors/detail-lines.js';
import { sharesOf, sumGroups, untriedBehind } from '../../../src/ui/select/errors.js';
import { DRAWN } from '../../../src/ui/text/glyphs.js';
import { plainText } from '../../../src/ui/text/spans.js';
import { said } from '../../support/a-reason.js';
import { aHeld, counts, NOW } from '../support/a-batch.js';
import { aGroup, anEntry } from '../support/some-errors.js';

const whole = (folder: string, affected: number) => anEntry('bea', 0, { folder, affected, uids: '' });

it('counts in the title what the rows count: also the messages of folders that failed as a whole', () => {
  const refused = aGroup([anEntry('ann', 10)]);
  const folders = aGroup([whole('Sent', 90)], { messages: 0, affected: 90, failures: 1 });
  expect(sumGroups([refused, folders])).toMatchObject({ messages: 100, failures: 1 });
});

it('counts a folder once in the share of its mailbox, whatever failed in it', () => {
  const [share] = sharesOf([whole('Sent', 60), whole('Sent', 60), whole('Junk', 30)]);
  expect(share).toMatchObject({ count: 0, affected: 90 });
  const look = { width: 80, now: NOW, typed: 'school' };
  const lines = entryLines(whole('Sent', 60), look).map(plainText).join('\n');
  expect(lines).toContain('60 messages of its folder, which failed as a whole');
});

it('tells how many messages of the mailboxes that a group holds were not tried', () => {
  const group = aGroup([anEntry('ann', 10)]);
  const cause: MailboxCause = {
    group: group.key,
    code: 'OVERQUOTA',
    kind: 'quota',
    rule: 'code',
    side: 'destination',
    text: 'full',
    of: 'messages',
    messages: 10,
    since: NOW,
  };
  const held = { ...aHeld('ann', said('destination', 'NO [OVERQUOTA] full'), 'raise it'), counts: counts(200, 28) };
  const others = { ...held, cause: { ...cause, group: 'another' } };
  const untried = untriedBehind(group, [{ ...held, cause }, others, held]);
  expect(untried).toBe(172);
  const look = { by: 'code', width: 80, height: 14, glyphs: DRAWN, typed: 'school', untried } as const;
  const drawn = groupLines(group, look).map(plainText).join('\n');
  expect(drawn).toContain('172 more messages of these mailboxes were not tried');
  expect(
    groupLines(group, { ...look, untried: 0 })
      .map(plainText)
      .join('\n'),
  ).not.toContain('not tried');
});
