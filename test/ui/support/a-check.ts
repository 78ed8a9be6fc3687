import { createElement } from 'react';
import { checkScreens } from '../../../src/ui/screens/check/check-screens.js';
import { CheckContext } from '../../../src/ui/screens/check/context.js';
import type {
  CheckedMailbox,
  CheckServices,
  CheckView,
  FindingRow,
  GroupRow,
} from '../../../src/ui/screens/check/services.js';
import type { ScreenSize } from '../../../src/ui/terminal/tty.js';
import { AConsole } from './a-console.js';

/** So many mailboxes, of which the first ones are done with. */
export function checkedMailboxes(all: number, done: number): readonly CheckedMailbox[] {
  return Array.from({ length: all }, (_, at) => ({
    id: `m${at}`,
    email: `user${at}@new.example`,
    standing: at < done ? 'looked at' : at < done + 8 ? 'looked at now' : 'waits',
    messages: at < done ? 1_204 : null,
    bytes: at < done ? 180_000_000 : null,
    findings: at === 3 ? 2 : 0,
  }));
}

const GROUPS: readonly GroupRow[] = [
  {
    id: 'login-refused destination',
    severity: 'will fail',
    what: 'login is refused',
    todo: 'correct user and password in the plan',
    side: 'destination',
    mailboxes: 2,
    messages: null,
  },
  {
    id: 'message-too-large destination',
    severity: 'will fail',
    what: 'message is larger than the destination, or --max-size, allows',
    todo: "raise the destination's limit, or let them be listed as failures",
    side: 'destination',
    mailboxes: 3,
    messages: 5,
  },
  {
    id: 'quota-almost-full destination',
    severity: 'may fail',
    what: 'quota is over 90% full after the move',
    todo: "raise the mailbox's quota soon",
    side: 'destination',
    mailboxes: 1,
    messages: null,
  },
  {
    id: 'destination-not-empty destination',
    severity: 'note',
    what: 'destination holds mail already',
    todo: 'no need to act: what is equal is not copied again',
    side: 'destination',
    mailboxes: 12,
    messages: 40,
  },
];

export function aCheckView(more: Partial<CheckView> = {}): CheckView {
  return {
    plan: 'school',
    state: 'mailboxes',
    servers: [
      {
        side: 'source',
        name: 'mail.old.example:993',
        standing: 'answers',
        facts: ['Dovecot', 'round trip 38 ms', 'answers in 121 ms', 'TLS, valid until Mar 1 2027'],
      },
      { side: 'destination', name: 'mail.new.example:993', standing: 'answers', facts: ['Cyrus', 'round trip 21 ms'] },
    ],
    mailboxes: checkedMailboxes(430, 172),
    done: 172,
    messages: 512_004,
    bytes: 74_000_000_000,
    groups: GROUPS,
    left: 4 * 60_000,
    ...more,
  };
}

/** A check that a test moves on. */
export class PaperCheck implements CheckServices {
  stops = 0;
  found: readonly FindingRow[] = [
    { id: '0', mailbox: 'maria@new.example', details: 'Archive · 2 messages · 61 MB · limit 50 MB' },
    { id: '1', mailbox: 'otto@new.example', details: 'INBOX · 3 messages · 80 MB · limit 50 MB' },
  ];
  readonly #listeners = new Set<() => void>();

  constructor(private now: CheckView = aCheckView()) {}

  readonly view = () => this.now;
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  rows = () => this.found;
  stop = () => {
    this.stops++;
    this.becomes({ state: 'stopping' });
  };

  becomes(more: Partial<CheckView>): void {
    this.now = { ...this.now, ...more };
    for (const listener of this.#listeners) listener();
  }
}

export function aCheckConsole(check: CheckServices, size?: ScreenSize): AConsole {
  return new AConsole(checkScreens(check.view().plan), size, {
    within: (screens) => createElement(CheckContext.Provider, { value: check }, screens),
  });
}
