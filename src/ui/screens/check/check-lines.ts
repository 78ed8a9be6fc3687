import { showAbout } from '../../../words/times.js';
import { plural, showBytes, showCount } from '../../../words/units.js';
import { ruleLine } from '../../components/Rule.js';
import { bar } from '../../text/bar.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { SEVERITY_TONE } from './columns.js';
import type { CheckedServer, CheckState, CheckView, GroupRow } from './services.js';

/** Servers that have a line of their own. */
const MOST_SERVERS = 4;
const BAR = 10;

/** A line a server: how it stands, and what is known of it. */
export function serverLines(servers: readonly CheckedServer[], glyphs: Glyphs): readonly Spans[] {
  const shown = servers.length <= MOST_SERVERS ? servers : servers.slice(0, MOST_SERVERS - 1);
  const lines = shown.map(
    ({ side, name, standing, facts }): Spans => [
      ' ',
      signOf(standing, glyphs),
      ` ${fitText(side, 12)}`,
      span('strong', name),
      ...(facts.length > 0
        ? ['  ', span(standing === 'of no use' ? 'alert' : 'dim', facts.join(` ${glyphs.middot} `))]
        : []),
    ],
  );
  const rest = servers.slice(shown.length);
  if (rest.length === 0) return lines;
  const useless = rest.filter(({ standing }) => standing === 'of no use').length;
  const more = `   and ${plural(rest.length, 'more server', 'more servers')}`;
  return [...lines, [span('dim', more), ...(useless > 0 ? [span('alert', `, ${showCount(useless)} of no use`)] : [])]];
}

function signOf(standing: CheckedServer['standing'], glyphs: Glyphs) {
  if (standing === 'answers') return span('good', glyphs.good);
  return standing === 'of no use' ? span('alert', glyphs.bad) : span('dim', glyphs.unmarked);
}

const STATE_WORDS: Readonly<Record<CheckState, string>> = {
  servers: 'asking the servers',
  mailboxes: 'looking',
  writing: 'write test',
  stopping: 'stopping',
  stopped: 'stopped',
  done: 'done',
  broken: 'broken off by a bug of ours',
};

/** How far the check is. */
export function progressLine({ state, done, mailboxes, messages, bytes, left }: CheckView, glyphs: Glyphs): Spans {
  const all = mailboxes.length;
  const seen = mailboxes.filter(({ standing }) => standing === 'looked at').length;
  const drawn = bar(all === 0 ? 0 : done / all, BAR, glyphs);
  return [
    ' ',
    span('accent', drawn.done),
    span('dim', drawn.left),
    ` ${showCount(done)} of ${plural(all, 'mailbox', 'mailboxes')}   `,
    span(state === 'done' ? 'good' : state === 'broken' ? 'alert' : 'strong', STATE_WORDS[state]),
    ...(state === 'mailboxes' && left !== null ? [span('dim', `, ${showAbout(left)} left`)] : []),
    // Mailboxes that nobody let in, or that were not tried, are done as well.
    ...(seen < done ? [span('alert', `   ${showCount(seen)} looked at`)] : []),
    span('dim', `${seen < done ? ', ' : '   '}${plural(messages, 'message')}, ${showBytes(bytes)}`),
  ];
}

/** The group under the cursor: what was found, and what to do. */
export function groupLines(group: GroupRow, width: number, height: number, glyphs: Glyphs): readonly Spans[] {
  const { severity, what, todo } = group;
  const title: Spans = [span(SEVERITY_TONE[severity], severity)];
  return [
    ruleLine(title, width, glyphs),
    ...wrap(what, width - 2, 2).map((line): Spans => [' ', line]),
    ...wrap(todo, width - 2, 3).map((line): Spans => [' ', span('dim', line)]),
  ].slice(0, height);
}
