import type { DecisionPreview } from '../../../../protocol/answers.js';
import type { ActionRequest, Treatment } from '../../../../words/decision.js';
import type { Field, Option, Values } from '../../../components/form.js';
import { readWait } from '../../shared/read-wait.js';

/** The state of a form at this moment. */
export type Asked =
  | { readonly kind: 'order'; readonly action: ActionRequest }
  /** Enough to count by, not enough to decide. */
  | { readonly kind: 'draft'; readonly action: ActionRequest; readonly missing: string }
  | { readonly kind: 'wrong'; readonly why: string };

/** The choices and fields for one kind of order. Pure. */
export interface OrderForm {
  readonly title: string;
  readonly fields: (values: Values) => readonly Field[];
  readonly asked: (values: Values) => Asked;
  /** The label of the button. @param count  `131` */
  readonly button: (count: string, preview: DecisionPreview) => string;
}

const RETRY_AFTER: readonly Option[] = [
  { id: 'now', label: 'now' },
  { id: '10 min', label: 'in 10 min' },
  { id: '1 h', label: 'in 1 h' },
];
const RESTS: readonly Option[] = ['2 times', '4 times', '30 min', '2 h', '8 h'].map((time) => ({
  id: time,
  label: time,
}));
const OTHER: Option = { id: 'other', label: 'other' };
const TREATMENTS: readonly (Option & { readonly id: Treatment })[] = [
  { id: 'as-is', label: 'as is' },
  { id: 'without-flags', label: 'without flags' },
  { id: 'repaired', label: 'with repairs' },
  { id: 'without-deleted', label: 'without \\Deleted' },
];
const HOW: Field = { kind: 'choice', id: 'how', label: 'how', shape: 'line', options: TREATMENTS };
/** The few that go first. */
const FIRST = 5;
/** While the reason of a skip is not typed yet: it counts the same. */
export const NO_REASON = 'no reason yet';

export const ORDER_FORMS: Readonly<Record<ActionRequest['do'], OrderForm>> = {
  retry: {
    title: 'retry',
    fields: (values) => [...choiceOrTime('when', RETRY_AFTER, values), HOW],
    asked: (values) => {
      const wait = values.when === 'now' ? { seconds: 0 } : readWait(timeOf(values, 'when'));
      if ('wrong' in wait) return { kind: 'wrong', why: wait.wrong };
      return order({ do: 'retry', afterSeconds: wait.seconds, treatment: treatmentOf(values) });
    },
    button: (count) => `Retry ${count}`,
  },
  'try-first': {
    title: 'retry a few first',
    fields: () => [HOW],
    asked: (values) => order({ do: 'try-first', first: FIRST, treatment: treatmentOf(values) }),
    button: (count, { firstCount, uids }) =>
      uids > firstCount ? `Retry ${firstCount}, then ${uids - firstCount}` : `Retry ${count}`,
  },
  skip: {
    title: 'skip',
    fields: () => [
      { kind: 'text', id: 'why', label: 'why', initial: '', hint: 'too old, not wanted, asked for by ...' },
    ],
    asked: ({ why = '' }) =>
      why.trim() === ''
        ? {
            kind: 'draft',
            action: { do: 'skip', why: NO_REASON },
            missing: 'say why: it stands beside what is left out',
          }
        : order({ do: 'skip', why: why.trim() }),
    button: (count) => `Skip ${count}`,
  },
  backoff: {
    title: 'raise the backoff',
    fields: (values) => choiceOrTime('rest', RESTS, values),
    asked: (values) => {
      const text = timeOf(values, 'rest');
      const times = /^\s*(\d{1,3}(?:\.\d+)?)\s*(?:x|times)\s*$/i.exec(text)?.[1];
      if (times !== undefined) return order({ do: 'backoff', factor: Number(times), seconds: null });
      const wait = readWait(text);
      if ('wrong' in wait) return { kind: 'wrong', why: 'so many times longer, or a time: 3 times, 45 min, 2 h' };
      return order({ do: 'backoff', factor: null, seconds: wait.seconds });
    },
    button: (count) => `Let ${count} rest`,
  },
  release: {
    title: 'release the hold',
    fields: () => [],
    asked: () => order({ do: 'release' }),
    button: (_, { mailboxes }) => `Release ${mailboxes}`,
  },
};

function order(action: ActionRequest): Asked {
  return { kind: 'order', action };
}

/** Times to choose from, and at the end one to type. */
function choiceOrTime(id: string, times: readonly Option[], values: Values): readonly Field[] {
  const options = [...times, OTHER];
  const choice: Field = { kind: 'choice', id, label: id, shape: 'line', options };
  if (values[id] !== OTHER.id) return [choice];
  return [choice, { kind: 'text', id: `${id}-typed`, label: '', initial: '', hint: '45 min' }];
}

/** The chosen or typed value. */
function timeOf(values: Values, id: string): string {
  const chosen = values[id] ?? '';
  return chosen === OTHER.id ? (values[`${id}-typed`] ?? '') : chosen;
}

function treatmentOf({ how }: Values): Treatment {
  return TREATMENTS.find(({ id }) => id === how)?.id ?? 'as-is';
}
