import { type Binding, bind } from '../../keys/bindings.js';

/** Decisions about failures, the same on every screen that shows some. */
export const TRIAGE_BINDINGS: readonly Binding[] = [
  bind('work.run', {
    id: 'triage.retry',
    label: 'retry',
    description: 'Try it again: now or later, as it is, or repaired',
    command: 'retry',
    weight: 60,
  }),
  bind('work.first', { id: 'triage.first', command: 'few-first', weight: 58 }),
  bind('work.skip', {
    id: 'triage.skip',
    description: 'Leave it out, with a reason; it can be taken back',
    command: 'skip',
    weight: 57,
  }),
  bind('work.putOff', {
    id: 'triage.backoff',
    label: 'backoff',
    description: 'Let it rest longer: so many times, or for a time',
    command: 'backoff',
    weight: 56,
  }),
  bind('work.release', { id: 'triage.release', command: 'release', weight: 55 }),
  bind('work.correct', { id: 'triage.correct', label: 'correct', command: 'correct', weight: 26 }),
  bind('look.decisions', { id: 'triage.decisions', command: 'decided', weight: 24 }),
  bind('work.undo', {
    id: 'triage.undo',
    description: 'Take the last decision back, if no worker took it',
    command: 'undo',
    weight: 26,
  }),
];
