import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { TRIAGE_BINDINGS } from '../errors/triage-bindings.js';

/** Lines that have a key of their own. */
const NUMBERED = 9;

export const MORNING_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.open', { id: 'morning.open', label: 'answer', description: 'Open what answers the row', weight: 62 }),
  bind('look.line', {
    id: 'morning.line',
    label: `to ${NUMBERED} open`,
    description: 'Go where the line of this number leads',
    weight: 10,
  }),
  ...TRIAGE_BINDINGS,
  bind('look.mailbox', {
    id: 'morning.mailbox',
    description: 'Open the mailbox of the row, or list its mailboxes',
    command: 'mailbox',
    weight: 0,
  }),
  bind('work.giveUp', { id: 'morning.give-up', command: 'give-up', weight: 54 }),
];
