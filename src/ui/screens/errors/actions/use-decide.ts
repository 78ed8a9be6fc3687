import { useRef, useState } from 'react';
import type { DecisionEntity, DecisionPreview } from '../../../../protocol/answers.js';
import { useBatchConsole } from '../../../model/context.js';
import type { Said } from './CommandDialog.js';
import type { Login } from './logins.js';
import type { Asked } from './order-forms.js';
import { isEmpty } from './preview-lines.js';
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
  const [said, say] = useState<Said | null>(null);
  const busy = useRef(false);

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
    for (const { mailbox, side, email, secret } of logins) {
      if (secret === '') continue;
      const given = await model.command({ do: 'password', mailbox, side, secret });
      if (!given.ok) return `${email}: ${given.why}`;
    }
    const decided = await model.command({ do: 'decide', preview: counted.preview.id, by: services.operator });
    if (decided.ok) {
      onDone(decided.decision);
      return null;
    }
    // The kept preview is of no more use.
    await renew(asked.action);
    return decided.why;
  };
  const confirm = (): void => {
    if (busy.current) return;
    busy.current = true;
    say({ tone: 'dim', text: 'telling the engine ...' });
    void decide().then((why) => {
      busy.current = false;
      say(why === null ? null : { tone: 'alert', text: why });
    });
  };
  return { said, confirm };
}

function hasSameNumbers(a: DecisionPreview, b: DecisionPreview): boolean {
  return a.uids === b.uids && a.failures === b.failures && a.mailboxes === b.mailboxes;
}
