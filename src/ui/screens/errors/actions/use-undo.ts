import type { DecisionEntity } from '../../../../protocol/answers.js';
import { decidedText, standingText } from '../../../../words/decided-text.js';
import { useBatchConsole } from '../../../model/context.js';
import { lastStanding } from '../../../select/decisions.js';
import { useShell } from '../../../shell/context.js';

export interface Undo {
  /** Takes back the last decision, or says why it cannot be. */
  readonly last: () => void;
  readonly one: (decision: DecisionEntity) => void;
}

/** Takes back decisions that no worker has taken yet. */
export function useUndo(): Undo {
  const { model, services } = useBatchConsole();
  const shell = useShell();
  const one = async (decision: DecisionEntity): Promise<void> => {
    const answer = await model.command({ do: 'undo', decision: decision.id, by: services.operator });
    if (answer.ok) shell.toast('good', `taken back: ${decidedText(decision)}`);
    else shell.toast('alert', answer.why);
  };
  const last = async (): Promise<void> => {
    const answer = await model.command({ do: 'decisions' });
    if (!answer.ok) return shell.toast('alert', answer.why);
    const latest = lastStanding(answer.decisions);
    if (latest === null) return shell.toast('alert', 'nothing is decided that could be taken back');
    if (!latest.undoable)
      return shell.toast('alert', `too late for that: ${decidedText(latest)} (${standingText(latest)})`);
    await one(latest);
  };
  return { last: () => void last(), one: (decision) => void one(decision) };
}
