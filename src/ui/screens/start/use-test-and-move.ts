import { useEffect, useRef } from 'react';
import { showFingerprint } from '../../../words/fingerprint.js';
import { SIDES, type Side } from '../../../words/side.js';
import { useShell } from '../../shell/context.js';
import { useStart } from './context.js';
import { type ButtonName, draftOf, mayMove, missingIn } from './form-state.js';
import type { SideTest, Started } from './services.js';
import { trustQuestion } from './trust-question.js';
import { type SideFields, typedSide } from './typed-fields.js';
import { useDryRun } from './use-dry-run.js';
import { useFolders } from './use-folders.js';
import type { MoveFormState } from './use-move-form.js';
import { useSigningIn } from './use-sign-in.js';

export type Buttons = Readonly<Record<ButtonName, () => Promise<void>>>;

/**
 * The buttons of the form. `test` tests both sides, and asks about certificates that are not trusted; a test before it is
 * broken off. `dry run` shows what a move would copy, `folders`
 * lists those of the source to choose from.
 */
export function useTestAndMove(moveForm: MoveFormState, onStarted: (started: Started) => void): Buttons {
  const { form, act } = moveForm;
  const { services } = useStart();
  const testing = useRef(new AbortController());
  const testOne = useTestOne(moveForm);
  const vouch = useVouching(moveForm, testOne);
  const signIn = useSigningIn(moveForm, testOne);
  const dryRun = useDryRun(moveForm);
  const chooseFolders = useFolders(moveForm);
  useEffect(() => () => testing.current.abort(), []);
  return {
    test: async () => {
      testing.current.abort();
      testing.current = new AbortController();
      const { signal } = testing.current;
      const { typed } = form;
      const tested = await Promise.all(
        SIDES.map(async (side) => ({ side, result: await testOne(side, typed[side], signal) })),
      );
      for (const { side, result } of tested) {
        await vouch(side, typed[side], result, signal);
        await signIn(side, typed[side], result, signal);
      }
      if (!signal.aborted) act({ do: 'judge' });
    },
    move: async () => {
      if (form.starting === 'yes' || !mayMove(form)) return;
      act({ do: 'starting', starting: 'yes' });
      const started = await services.move(draftOf(form));
      act({ do: 'starting', starting: 'no' });
      onStarted(started);
    },
    'dry run': dryRun,
    folders: async () => chooseFolders(),
  };
}

type TestOne = (side: Side, typed: SideFields, signal: AbortSignal) => Promise<SideTest>;

function useTestOne({ act }: MoveFormState): TestOne {
  const { services } = useStart();
  return async (side, typed, signal) => {
    const at = missingIn(typed);
    if (at !== null) {
      const result = { ok: false, why: `the ${at} is missing`, advice: '', at } as const;
      act({ do: 'tested', side, typed, result });
      return result;
    }
    act({ do: 'testing', side });
    const result = await services.test(side, typedSide(typed), signal);
    if (!signal.aborted) act({ do: 'tested', side, typed, result });
    return result;
  };
}

type Vouch = (side: Side, typed: SideFields, result: SideTest, signal: AbortSignal) => Promise<void>;

/** Asks about a certificate, and tests again with it. Nothing is asked once the operator went on. */
function useVouching({ act, latest }: MoveFormState, testOne: TestOne): Vouch {
  const shell = useShell();
  return async (side, typed, result, signal) => {
    const waits = () => !signal.aborted && latest().place === 'test' && latest().typed[side] === typed;
    if (result.ok || !result.untrusted || !waits()) return;
    const { untrusted } = result;
    if ((await shell.offer(trustQuestion(side, untrusted), waits)) === 'no' || !waits()) return;
    const trusting = { ...typed, trust: showFingerprint(untrusted.certificate.fingerprint) };
    act({ do: 'trust', side, typed: trusting });
    await testOne(side, trusting, signal);
  };
}
