import type { DecisionEntity } from '../../../../protocol/answers.js';
import { decidedText } from '../../../../words/decided-text.js';
import type { ActionRequest } from '../../../../words/decision.js';
import { keyOf } from '../../../keys/bindings.js';
import type { Actions } from '../../../keys/dispatch.js';
import { useBatchConsole, useView } from '../../../model/context.js';
import type { TriageTarget } from '../../../select/triage-target.js';
import { useShell } from '../../../shell/context.js';
import { useGiveUp } from '../../shared/use-needs.js';
import { ActionDialog } from './ActionDialog.js';
import { correctForm } from './command-forms.js';
import { NO_REASON } from './order-forms.js';
import { useCommand, useDialogWidth } from './use-command.js';
import { useUndo } from './use-undo.js';

/** The actions of the keys that decide about the selection. @param onDecided  after something was */
export function useTriage(target: TriageTarget | null, onDecided: () => void): Actions {
  const shell = useShell();
  const { model, services } = useBatchConsole();
  const { mailboxes } = useView();
  const giveUp = useGiveUp();
  const undo = useUndo();
  const ask = useCommand();
  const width = useDialogWidth();
  const close = () => shell.overlay(null);
  const done = (decision: DecisionEntity | null): void => {
    close();
    onDecided();
    shell.toast('good', decision ? decidedText(decision) : 'decided');
  };
  const decide = (order: ActionRequest['do']) =>
    target
      ? () => shell.overlay(<ActionDialog order={order} target={target} width={width} onDone={done} onClose={close} />)
      : undefined;
  /** A mailbox that is held as a whole has nothing that could be left out, so its operator is asked to give it up. */
  const skip = async ({ selection }: TriageTarget, leaveOut: () => void): Promise<void> => {
    const answer = await model.command({ do: 'preview', selection, action: { do: 'skip', why: NO_REASON } });
    const whole = new Set(answer.ok ? answer.preview.onlyWhole : []);
    if (whole.size === 0) return leaveOut();
    giveUp(mailboxes.filter(({ id }) => whole.has(id)));
  };
  const leaveOut = decide('skip');
  const sample = target?.sample;
  return {
    'triage.retry': decide('retry'),
    'triage.first': decide('try-first'),
    'triage.skip': target && leaveOut ? () => void skip(target, leaveOut) : undefined,
    'triage.backoff': decide('backoff'),
    'triage.release': decide('release'),
    'triage.correct': sample
      ? () =>
          ask(correctForm(sample, services.operator), () =>
            shell.toast(
              'good',
              `responses like this are read so from now on; ${keyOf('look.decisions')} lists such rules`,
            ),
          )
      : undefined,
    'triage.decisions': () => shell.go('decisions'),
    'triage.undo': undo.last,
  };
}
