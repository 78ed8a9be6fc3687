import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ErrorGroupEntity } from '../../../protocol/answers.js';
import type { CommandOf, Granted } from '../../../protocol/commands.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { Feed, type Told } from '../../model/feed.js';
import type { GroupedBy } from '../../select/errors.js';
import { useShell } from '../../shell/context.js';

/** The errors to show, and how they are grouped. */
export interface ErrorsQuery {
  /** Id of a mailbox, or null for all. */
  readonly mailbox: string | null;
  /** As the engine reads it; '' for all. */
  readonly filter: string;
  readonly by: GroupedBy;
}

/** Errors, as they were told last. */
export interface ErrorsView {
  /** Null until they were told. A question that is refused leaves those of the one before. */
  readonly groups: readonly ErrorGroupEntity[] | null;
  /** The question that the groups answer. */
  readonly asked: ErrorsQuery;
  /** Why the engine does not tell them, or null. */
  readonly trouble: string | null;
}

/** Under which the last answer is kept: whoever goes into a group has seen it already. */
const LAST = 'errors as told last';
const EVERYTHING = { filter: '', by: 'code' } as const;

/** Errors while a screen shows them. */
export function useErrors({ mailbox, filter, by }: ErrorsQuery): ErrorsView {
  const { model } = useBatchConsole();
  const { clock, kept } = useShell();
  const { failures, batch } = useView();
  const question = useMemo((): CommandOf<'errors'> => ({ do: 'errors', mailbox, filter, by }), [mailbox, filter, by]);
  // The feed stays while its question turns: what was told before is shown until the answer is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first question is where it begins
  const feed = useMemo(() => {
    const before = kept.get(LAST) as Told<readonly ErrorGroupEntity[], 'errors'> | undefined;
    const known = JSON.stringify(before?.asked) === JSON.stringify(question) ? (before?.known ?? null) : null;
    return new Feed<readonly ErrorGroupEntity[], 'errors'>(
      (command) => model.command(command),
      clock,
      groupsIn,
      question,
      known,
    );
  }, [model, clock]);
  const [open, decided] = [batch?.errors ?? 0, batch?.decided ?? 0];
  useEffect(() => feed.turnTo(question), [feed, question]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what says that there are others now
  useEffect(() => feed.changed(), [feed, failures, open, decided]);
  const told = useSyncExternalStore(feed.subscribe, feed.told);
  useEffect(() => void kept.set(LAST, told), [kept, told]);
  const { known, asked, trouble } = told;
  const of = { ...EVERYTHING, ...asked };
  return { groups: known, asked: { mailbox: of.mailbox, filter: of.filter, by: of.by }, trouble };
}

function groupsIn({ errors }: Granted<'errors'>): readonly ErrorGroupEntity[] {
  return errors;
}
