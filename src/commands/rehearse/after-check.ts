import { type Census, sumOfCensus } from '../../engine/check/census.js';
import { loadsOfPlan } from '../../engine/rehearsal/loads.js';
import { rehearseShortly } from '../../engine/rehearsal/rehearse-night.js';
import type { Batch } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import { BadInput } from '../../words/bad-input.js';
import { harmless } from '../process/harmless.js';
import { chartLines } from './rehearsal-lines.js';
import { answerLines, basisLines } from './rehearsal-text.js';

/**
 * The end of a check, about the night: when all would be done if it began now, and what that rests on. Nothing where nobody could
 * be looked at, or where files of the workspace cannot be read: the check has found what it found. Where the batch was made already,
 * another command plays it: much of it may be done.
 *
 * @param form  `markdown`: with a chart, under a title of its own, in lines that Markdown leaves as they are
 */
export async function rehearsedShortly(
  censuses: readonly Census[],
  batch: Batch,
  workspace: Workspace,
  now: number,
  form: 'plain' | 'markdown',
): Promise<readonly string[]> {
  const sums = new Map(censuses.map((census) => [census.mailbox, sumOfCensus(census)]));
  if (sums.size === 0) return [];
  if (await workspace.exists(batch.name)) return [...(form === 'plain' ? [] : ['']), madeAlready(batch)];
  const sorted = loadsOfPlan(batch, ({ email }) => {
    const sum = sums.get(email);
    return sum ? { messages: sum.messages, bytes: sum.bytes, newest: sum.newest, at: now } : null;
  });
  try {
    const rehearsed = await rehearseShortly({ batch, sorted, workspace, now, from: now, by: null });
    const [answer, basis] = [answerLines(rehearsed), basisLines(rehearsed)];
    if (form === 'plain') return [...answer, ...basis].map(harmless);
    const report = [...answer, ...chartLines(rehearsed, 'last', null), ...basis].map(harmless);
    return ['', '## The night, if it began now', '', ...report.map((line) => `    ${line}`.trimEnd())];
  } catch (error) {
    if (!(error instanceof BadInput) && diskTroubleIn(error) === null) throw error;
    return [];
  }
}

const madeAlready = ({ name }: Batch) =>
  `batch ${name} is made already: \`nightferry rehearse ${name}\` plays what is left of it`;
