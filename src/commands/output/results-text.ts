import type { BatchEntity, MailboxEntity } from '../../protocol/entities.js';
import { resultsOf } from '../../protocol/results.js';
import { needAmount, needName, needTodo, needWho } from '../../ui/select/needs.js';
import { countsText, nextCommands, paceText, verdictText } from '../../ui/select/results.js';
import { harmless } from '../process/harmless.js';
import { type TableColumn, table } from './table.js';

const COLUMNS: readonly TableColumn[] = [
  { title: 'NEEDS YOU', align: 'left' },
  { title: 'BECAUSE', align: 'left' },
  { title: 'MESSAGES', align: 'right' },
  { title: 'TO DO', align: 'left' },
];
/** The most causes that have room on a screen beside the rest. `attach` lists all. */
const MOST_CAUSES = 14;

/**
 * A batch summed up, a line each: the verdict, the sums, what needs somebody by cause, what was given up, what to type.
 *
 * @param typed  the batch as it is typed after a command
 */
export function resultsText(batch: BatchEntity, mailboxes: readonly MailboxEntity[], typed: string): string[] {
  const results = resultsOf(batch, mailboxes);
  const needs = results.needs.slice(0, MOST_CAUSES);
  const rows = needs.map((need) => [needWho(need), needName(need), needAmount(need), needTodo(need)].map(harmless));
  const more = results.needs.length - needs.length;
  const givenUp = results.givenUp.map(({ email, state }) =>
    harmless(`given up ${email}: ${state.kind === 'given-up' ? state.reason : ''}`),
  );
  return [
    verdictText(results),
    countsText(results),
    paceText(results),
    ...(rows.length > 0 ? table(COLUMNS, rows) : []),
    ...(more > 0 ? [`and ${more} more causes`] : []),
    ...givenUp.slice(0, MOST_CAUSES),
    ...nextCommands(results, typed).map(({ command, does }) => `${command}  ${does}`),
  ];
}
