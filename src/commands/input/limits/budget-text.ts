import type { Budget } from '../../../store/batch/limits.js';
import { BadInput } from '../../../words/bad-input.js';
import { parseSize } from '../sizes.js';

const FORM = /^(?:([0-9]+) ?messages|([0-9.]+ ?[a-z]*))\/day(\/endpoint)?$/i;

/**
 * Budgets as operators write them, apart by commas: `2000MB/day`, `10000 messages/day`, `50GB/day/endpoint`; `none` is no
 * budget, whatever the profile proposes.
 *
 * @param option  for the message
 * @throws BadInput
 */
export function parseBudgets(text: string, option: string): readonly Budget[] {
  if (text.trim().toLowerCase() === 'none') return [];
  const budgets = text.split(',').map((part) => parseBudget(part.trim(), option));
  const kinds = budgets.map(({ of, unit }) => `${of} ${unit}`);
  const twice = budgets.find((_, at) => kinds.indexOf(kinds[at]!) !== at);
  if (twice)
    throw new BadInput(
      `${option}: two budgets of ${twice.unit} for ${twice.of === 'account' ? 'an account' : 'the endpoint'}`,
    );
  return budgets;
}

function parseBudget(part: string, option: string): Budget {
  const [, messages, bytes, endpoint] = FORM.exec(part) ?? [];
  const of = endpoint === undefined ? 'account' : 'endpoint';
  if (messages !== undefined && Number.isSafeInteger(Number(messages)) && Number(messages) > 0)
    return { of, unit: 'messages', most: Number(messages) };
  if (bytes === undefined)
    throw new BadInput(
      `${option}: a budget is expected, like 2000MB/day, 10000 messages/day, 50GB/day/endpoint, or none`,
    );
  return { of, unit: 'bytes', most: parseSize(bytes, option) };
}
