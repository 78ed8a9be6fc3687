import type { Command } from 'commander';
import type { DecisionEntity, DecisionPreview } from '../../protocol/answers.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { scopeText } from '../../words/amount.js';
import { BadInput } from '../../words/bad-input.js';
import type { ActionRequest } from '../../words/decision.js';
import { checkMailboxes } from '../input/selection/mailboxes.js';
import { addSelectionOptions, isEverything, readSelection, type SelectionFlags } from '../input/selection/options.js';
import { asTyped } from '../output/as-typed.js';
import { decisionJson, doneLine, isNothing, previewLines } from '../output/decide-text.js';
import { addStateOption, openBatch, type StateFlag } from '../process/command-parts.js';
import type { Environment, Stderr, Stdout, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';
import { type Ask, atDesk } from './decide-desk.js';

export interface DecideFlags extends SelectionFlags, StateFlag {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The options that all commands share which decide something about failures. */
export function addDecideOptions(command: Command): Command {
  command
    .argument('<name>', 'the batch')
    .option('--dry-run', 'say what would be done, and change nothing')
    .option('--json', 'print one JSON object');
  return addStateOption(addSelectionOptions(command));
}

/** For actions that nobody means of everything by leaving options away. */
export function addAllOption(command: Command): Command {
  return command.option('--all', 'everything that is open, where no option says which');
}

/** The preview, and the decision: null for a dry run, or where there was nothing to do. */
interface Outcome {
  readonly preview: Omit<DecisionPreview, 'id'>;
  readonly decision: DecisionEntity | null;
}

/**
 * Decides something about the failures that the options select, or says what would be done, and prints it.
 *
 * @throws BadInput  where it cannot be meant so, or the engine refuses
 */
export async function decide(
  name: string,
  action: ActionRequest,
  flags: DecideFlags,
  io: Stdout & Stderr & Environment & Version & Timing,
): Promise<void> {
  const selection = readSelection(flags);
  const store = await openBatch(name, flags, io);
  checkMailboxes(flags.mailbox ?? [], store.batch);
  const mustSay = action.do !== 'release' && isEverything(selection) && !flags.all && !flags.dryRun;
  const outcome = await atDesk(store, io, flags.dryRun ? 'look' : 'change', async (ask): Promise<Outcome> => {
    const { preview } = await ask({ do: 'preview', action, selection });
    const { id, ...shown } = preview;
    if (flags.dryRun || isNothing(preview)) return { preview: shown, decision: null };
    if (mustSay) throw new BadInput(unsaid(shown));
    return { preview: shown, decision: await decided(ask, id, io) };
  });
  await io.out.write(`${flags.json ? asJson(name, flags, outcome) : asText(store, flags, outcome, io)}\n`);
}

async function decided(ask: Ask, preview: string, io: Environment): Promise<DecisionEntity> {
  const { decision } = await ask({ do: 'decide', preview, by: operatorName(io) });
  return decision;
}

function unsaid(preview: Omit<DecisionPreview, 'id'>): string {
  const { action } = preview;
  return `${action.do === 'try-first' ? 'retry' : action.do}: nothing says which failures are meant, it would be ${scopeText(preview)}; narrow it down (--code, --mailbox, ...) or say --all`;
}

function asText(store: BatchStore, { dryRun }: DecideFlags, { preview, decision }: Outcome, io: Environment): string {
  if (isNothing(preview)) return `nothing to do: ${nothing(preview, store.name)}`;
  if (dryRun) return previewLines(preview).join('\n');
  return decision ? doneLine(decision, asTyped(store, io)) : '';
}

function nothing({ action }: Pick<DecisionPreview, 'action'>, name: string): string {
  return action.do === 'release' ? `no such mailbox of ${name} is held` : `nothing of this is open in ${name}`;
}

function asJson(name: string, { dryRun = false }: DecideFlags, outcome: Outcome): string {
  const decision = outcome.decision && decisionJson(outcome.decision);
  return JSON.stringify({ version: PROTOCOL_VERSION, batch: name, dryRun, ...outcome, decision });
}
