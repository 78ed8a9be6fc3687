import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

const COPY = { description: 'Copy the row', command: 'copy', weight: 20 } as const;

export const CHECK_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.open', {
    id: 'check.open',
    label: 'rows',
    description: 'Every finding of the group',
    when: 'on a finding',
    weight: 70,
  }),
  bind('look.next', {
    id: 'check.next',
    label: 'mailboxes',
    description: 'The findings, or the mailboxes as they are looked at',
    weight: 60,
  }),
  bind('look.copy', { id: 'check.copy', ...COPY }),
  bind('work.stopAll', {
    id: 'check.stop',
    label: 'stop',
    description: 'Stop the check: what was found stays',
    command: 'stop',
    when: 'while it goes on',
    weight: 50,
  }),
];

export const FINDINGS_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.copy', { id: 'findings.copy', ...COPY }),
];
