import type { Checked } from '../../engine/check/check-plan.js';
import { SEVERITY_OF } from '../../engine/check/finding.js';
import { type FindingGroup, groupFindings } from '../../engine/check/group-findings.js';
import { UNKNOWN } from '../../words/units.js';
import { harmless } from '../process/harmless.js';
import { CENSUS, censusRow, closing, countsOf, foundIn } from './check-text.js';
import { detailsOf, wordsOf } from './finding-words.js';

/** The report of a check as Markdown with tables, for a ticket or a wiki: groups, each with its rows, and all mailboxes. */
export function checkMarkdown(checked: Checked, plan: string, how: 'whole' | 'stopped'): readonly string[] {
  const groups = groupFindings(checked.findings);
  return [
    `# Check of ${plain(plan)}`,
    '',
    plain(closing(checked, how)),
    ...(groups.length === 0 ? [] : ['', '## Findings', '', ...overview(groups)]),
    ...groups.filter(({ mailboxes }) => mailboxes > 0).flatMap(rowsOf),
    ...(checked.censuses.length === 0
      ? []
      : [
          '',
          '## Mailboxes',
          '',
          ...tableOf(
            CENSUS.map(({ title }) => title),
            checked.censuses.map(censusRow),
          ),
        ]),
  ];
}

function overview(groups: readonly FindingGroup[]): readonly string[] {
  return tableOf(
    ['severity', 'finding', 'side', 'concerns', 'what to do'],
    groups.map((group) => [
      SEVERITY_OF[group.kind],
      foundIn(group),
      group.side ?? UNKNOWN,
      countsOf(group),
      wordsOf(group).todo,
    ]),
  );
}

function rowsOf(group: FindingGroup): readonly string[] {
  const { kind, side, findings } = group;
  const { what, todo } = wordsOf(group);
  return [
    '',
    `### ${plain(`${SEVERITY_OF[kind]}: ${what}${side === null ? '' : ` (${side})`}`)}`,
    '',
    plain(todo),
    '',
    ...tableOf(
      ['mailbox', 'details'],
      findings.map((one) => [one.mailbox ?? UNKNOWN, detailsOf(one)]),
    ),
  ];
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---|').join('')}`, ...rows.map(line)];
}

/** Text that Markdown takes for nothing but text: names and answers come from servers. */
const plain = (text: string) => harmless(text).replace(/[\\`*_{}[\]<>|#~&]/g, (mark) => `\\${mark}`);
