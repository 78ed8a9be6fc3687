import type { ErrorGroupEntity } from '../../../protocol/answers.js';
import { showClock, showPast } from '../../../words/times.js';
import { showShortCount } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';
import { adviceOf, concernedBy, type GroupedBy, groupName, sidesOf, todoOf } from '../../select/errors.js';
import { trendBetween, trendsFrom } from '../../select/night-trend.js';
import type { Glyphs } from '../../text/glyphs.js';
import { sparkline } from '../../text/sparkline.js';

/** Half hours that a sparkline shows at most: a day. */
const LONGEST_TREND = 48;

/** Groups of errors. @param groups  all that are shown: their sparklines stand under each other @param typed  the batch as it is typed after a command */
export function groupColumns(
  groups: readonly ErrorGroupEntity[],
  by: GroupedBy,
  now: number,
  glyphs: Glyphs,
  typed: string,
): readonly Column<ErrorGroupEntity>[] {
  const from = trendsFrom(groups, now);
  const cells = Math.min(LONGEST_TREND, Math.floor(now / 1_800_000) - Math.floor(from / 1_800_000) + 1);
  const title = `since ${showClock(from).slice(0, 5)}`;
  const trendWidth = Math.max(title.length, cells);
  return [
    {
      id: 'code',
      title: by === 'kind' ? 'kind' : 'code / kind',
      least: 16,
      most: 30,
      priority: 0,
      text: (group) => groupName(group, by),
      tone: ({ standing }) => (standing === 'open' ? 'alert' : 'dim'),
      order: (group) => groupName(group, by),
    },
    {
      id: 'messages',
      title: 'messages',
      least: 8,
      most: 8,
      align: 'right',
      priority: 0,
      text: messagesText,
      tone: ({ standing }) => (standing === 'open' ? 'strong' : 'dim'),
      order: (group) => concernedBy(group).n,
    },
    {
      id: 'mailboxes',
      title: 'boxes',
      least: 5,
      most: 6,
      align: 'right',
      priority: 1,
      text: ({ mailboxes }) => showShortCount(mailboxes),
      order: ({ mailboxes }) => mailboxes,
    },
    { id: 'side', title: 'side', least: 4, most: 4, priority: 2, text: sidesOf, order: sidesOf },
    {
      id: 'first',
      title: 'first',
      least: 6,
      most: 6,
      align: 'right',
      priority: 5,
      text: ({ firstAt }) => showPast(firstAt, now),
      order: ({ firstAt }) => firstAt,
    },
    {
      id: 'last',
      title: 'last',
      least: 6,
      most: 6,
      align: 'right',
      priority: 3,
      text: ({ lastAt }) => showPast(lastAt, now),
      order: ({ lastAt }) => lastAt,
    },
    {
      id: 'trend',
      title,
      least: trendWidth,
      most: trendWidth,
      priority: 6,
      text: (group) => sparkline(trendBetween(group, from, now, LONGEST_TREND), cells, glyphs),
      tone: ({ standing }) => (standing === 'open' ? 'accent' : 'dim'),
    },
    {
      id: 'todo',
      title: 'what to do',
      least: 21,
      most: 21,
      priority: 4,
      text: todoOf,
      tone: ({ standing }) => (standing === 'open' ? 'text' : 'dim'),
    },
    {
      id: 'advice',
      title: '',
      least: 30,
      most: 110,
      priority: 7,
      text: (group) => adviceOf(group, typed),
      tone: () => 'dim',
    },
  ];
}

/** `131`, `(131)` where they were left out, `-` where it names none: a login, a folder. */
function messagesText(group: ErrorGroupEntity): string {
  const { n, out } = concernedBy(group);
  if (n === 0) return '-';
  return out ? `(${showShortCount(n)})` : showShortCount(n);
}
