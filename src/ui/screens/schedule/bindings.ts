import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { filterBinding } from '../shared/use-filter.js';

export const SCHEDULE_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.open', { id: 'schedule.open', description: 'Open the mailbox', weight: 0 }),
  bind('work.run', {
    id: 'schedule.start',
    description: 'Start the mailbox now, whatever it waits for',
    command: 'run-now',
    weight: 40,
  }),
  bind('work.later', { id: 'schedule.later', command: 'later', weight: 20 }),
  bind('work.sooner', { id: 'schedule.sooner', command: 'sooner', weight: 18 }),
  bind('work.putOff', {
    id: 'schedule.postpone',
    label: 'postpone',
    description: 'Put the start off by a time that is asked for',
    command: 'postpone',
    weight: 12,
  }),
  bind('work.pause', { id: 'schedule.pause', command: 'pause', weight: 35 }),
  bind('work.stagger', { id: 'schedule.stagger', command: 'stagger', weight: 34 }),
  bind('work.concurrency', { id: 'schedule.concurrency', command: 'at-once', weight: 34 }),
  bind('work.hours', { id: 'schedule.window', command: 'window', weight: 16 }),
  bind('look.rehearse', { id: 'schedule.rehearse', command: 'rehearse', weight: 30 }),
  bind('look.zoom', { id: 'schedule.zoom', command: 'zoom', weight: 15 }),
  filterBinding('schedule'),
];
