import { settled, shareOfWhole, wholeOf } from '../../../protocol/figures.js';
import { showAgo, showMinute } from '../../../words/times.js';
import { plural, showPercent, showShortCount } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';
import { movingIn, needYou } from '../../select/states.js';
import { bar } from '../../text/bar.js';
import type { Glyphs } from '../../text/glyphs.js';
import type { Tone } from '../../text/theme.js';
import type { BatchSummary } from './services.js';

const WORDS: Readonly<Record<BatchSummary['state'], string>> = {
  running: 'running',
  waiting: 'waits for you',
  paused: 'paused',
  draining: 'stopping',
  stopped: 'stopped',
  ended: 'complete',
  unreadable: 'unreadable',
};

/** An engine works on it, or could be asked to. */
export function isAlive({ state }: BatchSummary): boolean {
  return state === 'running' || state === 'waiting' || state === 'paused' || state === 'draining';
}

/** Batches at work first, then unfinished ones, then finished ones; the latest of each first. */
export function sortBatches(batches: readonly BatchSummary[]): readonly BatchSummary[] {
  const rank = (one: BatchSummary) => (isAlive(one) ? 0 : one.state === 'ended' ? 2 : 1);
  return batches.toSorted(
    (a, b) => rank(a) - rank(b) || (b.lastAt ?? 0) - (a.lastAt ?? 0) || (a.name < b.name ? -1 : 1),
  );
}

/** `2 need you`, `18 at work`: what a list of batches says first. */
export function standing({ byState, needs, errors, state, why }: BatchSummary): string {
  if (state === 'unreadable') return why;
  const moving = movingIn(byState);
  return [
    ...(needs > 0 ? [needYou(needs)] : []),
    ...(moving > 0 ? [`${moving} at work`] : []),
    ...(errors > 0 ? [plural(errors, 'error')] : []),
  ].join(', ');
}

export function batchColumns(now: number, glyphs: Glyphs): readonly Column<BatchSummary>[] {
  return [
    { id: 'name', title: 'batch', least: 16, most: 40, cut: 'middle', priority: 0, text: ({ name }) => name },
    {
      id: 'state',
      title: 'state',
      least: 10,
      most: 10,
      priority: 0,
      text: (one) => (one.state === 'waiting' && one.needs === 0 ? 'all done' : WORDS[one.state]),
      tone: (one): Tone => (isAlive(one) ? 'accent' : one.state === 'ended' ? 'good' : 'text'),
    },
    {
      id: 'done',
      title: 'done',
      least: 4,
      most: 4,
      align: 'right',
      priority: 0,
      text: (one) => showPercent(settled(one.counts), wholeOf(one)),
    },
    {
      id: 'bar',
      title: '',
      least: 12,
      most: 12,
      priority: 4,
      text: (one) => {
        const { done, left } = bar(shareOfWhole(one), 12, glyphs);
        return done + left;
      },
      tone: () => 'dim',
    },
    {
      id: 'mailboxes',
      title: 'boxes',
      least: 6,
      most: 6,
      align: 'right',
      priority: 3,
      text: ({ mailboxes }) => showShortCount(mailboxes),
    },
    {
      id: 'standing',
      title: '',
      least: 22,
      most: 44,
      priority: 1,
      text: standing,
      tone: ({ needs, state }) => (needs > 0 || state === 'unreadable' ? 'alert' : 'text'),
    },
    {
      id: 'when',
      title: '',
      least: 14,
      most: 24,
      priority: 2,
      text: ({ eta, lastAt }) => {
        if (eta !== null) return `done ~${showMinute(eta, now)}`;
        return lastAt === null ? 'never started' : showAgo(lastAt, now);
      },
      tone: () => 'dim',
    },
  ];
}
