import type { DecisionEntity, DecisionPreview } from '../../../../protocol/answers.js';
import { useBatchConsole } from '../../../model/context.js';
import { giveLogins, type Login } from './logins.js';
import type { Asked } from './order-forms.js';
import { isEmpty } from './preview-lines.js';
import { type Said, usePress } from './use-press.js';
import { type PreviewState, shownOf } from './use-preview.js';

export interface Decide {
  /** The result or the progress of the last try; null: nothing was tried. */
  readonly said: Said | null;
  readonly confirm: () => void;
}

/**
 * Decides what is asked for: what was counted and kept by the engine under the numbers that are shown. Where
 * another count came in between it is shown first, and nothing is done.
 */
export function useDecide(
  asked: Asked,
  { now, renew }: PreviewState,
  logins: readonly Login[],
  onDone: (decision: DecisionEntity | null) => void,
): Decide {
  const { model, services } = useBatchConsole();
  const { said, press } = usePress('telling the engine ...');

  /** @returns why nothing was decided, or null */
  const decide = async (): Promise<string | null> => {
    if (asked.kind === 'wrong') return asked.why;
    if (asked.kind === 'draft') return asked.missing;
    const shown = shownOf(now);
    const isCounted = now.kind === 'known' && JSON.stringify(now.preview.action) === JSON.stringify(asked.action);
    const counted = isCounted ? now : await renew(asked.action);
    if (counted.kind !== 'known') return counted.kind === 'refused' ? counted.why : null;
    if (shown === null || !hasSameNumbers(shown, counted.preview)) return 'the numbers have changed: look again';
    if (isEmpty(counted.preview)) return null;
    const refused = await giveLogins(model, logins);
    if (refused !== null) return refused;
    const decided = await model.command({ do: 'decide', preview: counted.preview.id, by: services.operator });
    if (decided.ok) {
      onDone(decided.decision);
      return null;
    }
    // The kept preview is of no more use.
    await renew(asked.action);
    return decided.why;
  };
  return { said, confirm: () => press(decide) };
}

function hasSameNumbers(a: DecisionPreview, b: DecisionPreview): boolean {
  return a.uids === b.uids && a.failures === b.failures && a.mailboxes === b.mailboxes;
}
