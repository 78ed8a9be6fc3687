import { isThrough, type MailboxEntity } from '../../../protocol/entities.js';
import { showTimer } from '../../../words/times.js';
import { plural, showBytes, showCount } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';
import { mailboxSign, mailboxTone, stateReason, stateText } from '../../select/states.js';
import type { Glyphs } from '../../text/glyphs.js';

/** Mailboxes that wait or are done, without titles: each cell says what it is. */
export function restColumns(now: number, glyphs: Glyphs): readonly Column<MailboxEntity>[] {
  return [
    { id: 'mailbox', title: '', least: 20, most: 44, priority: 0, text: ({ email }) => email },
    {
      id: 'state',
      title: '',
      least: 20,
      most: 20,
      priority: 0,
      text: (one) => `${mailboxSign(one, glyphs)} ${stateText(one, now)}`,
      tone: mailboxTone,
    },
    {
      id: 'why',
      title: '',
      least: 30,
      most: 60,
      priority: 1,
      text: (one) => stateReason(one) || sizeText(one),
      tone: () => 'dim',
    },
    {
      id: 'errors',
      title: '',
      least: 12,
      most: 14,
      priority: 3,
      text: ({ errors }) => (errors > 0 ? plural(errors, 'error') : ''),
      tone: () => 'alert',
    },
    {
      id: 'took',
      title: '',
      least: 14,
      most: 18,
      priority: 2,
      text: ({ startedAt, endedAt }) =>
        startedAt !== null && endedAt !== null && endedAt > startedAt ? `in ${showTimer(endedAt - startedAt)}` : '',
      tone: () => 'dim',
    },
  ];
}

function sizeText(mailbox: MailboxEntity): string {
  const { counts } = mailbox;
  if (counts.total === 0) return isThrough(mailbox) ? 'no messages' : '';
  if (counts.left > 0) return `${showCount(counts.left)} left of ${plural(counts.total, 'message')}`;
  const size = counts.bytesTotal > 0 ? `, ${showBytes(counts.bytesTotal)}` : '';
  return `${plural(counts.total, 'message')}${size}`;
}
