import { type MailboxEntity, needsOperator } from '../../../protocol/entities.js';
import { settled, share } from '../../../protocol/figures.js';
import { showMinute } from '../../../words/times.js';
import { showByteRate, showPercent, showRate, showShortCount, UNKNOWN } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';
import { attentionRank } from '../../select/attention.js';
import {
  type Drain,
  endOf,
  mailboxSign,
  mailboxTone,
  stateReason,
  stateText,
  whyItRests,
} from '../../select/states.js';
import { bar } from '../../text/bar.js';
import type { Glyphs } from '../../text/glyphs.js';
import type { Tone } from '../../text/theme.js';

/** Mailboxes in a dense table. @param now milliseconds since the epoch */
export function mailboxColumns(now: number, glyphs: Glyphs, drain: Drain = null): readonly Column<MailboxEntity>[] {
  return [
    {
      id: 'mailbox',
      title: 'mailbox',
      least: 20,
      most: 44,
      priority: 0,
      text: ({ email }) => email,
      order: ({ email }) => email,
    },
    {
      id: 'state',
      title: 'state',
      least: 18,
      most: 18,
      priority: 0,
      text: (one) => `${mailboxSign(one, glyphs)} ${stateText(one, now, drain)}`,
      tone: mailboxTone,
      order: attentionRank,
    },
    {
      id: 'progress',
      title: 'done',
      least: 6,
      most: 6,
      align: 'right',
      priority: 0,
      text: ({ counts }) => showPercent(settled(counts), counts.total),
      tone: () => 'strong',
      order: ({ counts }) => share(counts),
    },
    {
      id: 'bar',
      title: '',
      least: 12,
      most: 20,
      priority: 8,
      text: ({ counts }) => {
        if (counts.total === 0) return '';
        const { done, left } = bar(share(counts), 12, glyphs);
        return done + left;
      },
      tone: mailboxTone,
    },
    {
      id: 'left',
      title: 'left',
      least: 7,
      most: 7,
      align: 'right',
      priority: 4,
      text: ({ counts }) => (counts.left > 0 ? showShortCount(counts.left) : ''),
      order: ({ counts }) => counts.left,
    },
    {
      id: 'errors',
      title: 'errors',
      least: 8,
      most: 8,
      align: 'right',
      priority: 1,
      text: ({ errors }) => (errors > 0 ? showShortCount(errors) : ''),
      tone: () => 'alert',
      order: ({ errors }) => errors,
    },
    {
      id: 'rate',
      instead: restInstead,
      title: 'msg/s',
      least: 7,
      most: 7,
      align: 'right',
      priority: 2,
      text: ({ rate }) => (rate.messages > 0 ? showRate(rate.messages) : ''),
      order: ({ rate }) => rate.messages,
    },
    {
      id: 'bytes',
      instead: restInstead,
      title: 'bytes/s',
      least: 9,
      most: 10,
      align: 'right',
      priority: 6,
      text: ({ rate }) => (rate.bytes > 0 ? showByteRate(rate.bytes) : ''),
      order: ({ rate }) => rate.bytes,
    },
    {
      id: 'until',
      instead: restInstead,
      title: 'until',
      least: 7,
      most: 12,
      align: 'right',
      priority: 3,
      text: (one) => untilText(endOf(one, drain), now),
      // Mailboxes without an end in sight come last.
      order: (one) => endOf(one, drain) ?? Number.MAX_SAFE_INTEGER,
    },
    {
      id: 'folder',
      instead: restInstead,
      title: 'folder',
      least: 16,
      most: 40,
      priority: 5,
      text: ({ folder }) => folder ?? '',
    },
    {
      id: 'why',
      title: 'why, or last response',
      least: 24,
      most: 90,
      priority: 9,
      text: (one) => stateReason(one) || (one.lastResponse ? `${one.lastResponse.side}: ${one.lastResponse.text}` : ''),
      tone: () => 'dim',
    },
    {
      id: 'started',
      title: 'began',
      least: 7,
      most: 12,
      align: 'right',
      priority: 7,
      text: ({ startedAt }) => (startedAt === null ? UNKNOWN : showMinute(startedAt, now)),
      order: ({ startedAt }) => startedAt ?? Number.MAX_SAFE_INTEGER,
    },
  ];
}

/** A mailbox that does not move has no pace, end or folder: why it does not stands in their place. */
function restInstead(mailbox: MailboxEntity): { readonly text: string; readonly tone: Tone } | null {
  const text = whyItRests(mailbox);
  return text === '' ? null : { text, tone: needsOperator(mailbox) ? 'text' : 'dim' };
}

function untilText(end: number | null, now: number): string {
  return end === null ? '' : showMinute(end, now);
}
