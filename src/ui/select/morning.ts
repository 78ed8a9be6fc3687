import type { Morning, MorningLine } from '../../protocol/answers.js';
import type { Instant, MailboxEntity } from '../../protocol/entities.js';
import type { Params } from '../shell/screen.js';

/** An operator who looked so shortly ago knows already. In milliseconds. */
const SHORTLY = 600_000;

/** Whether what happened is shown before anything else. */
export function isNews({ since, lines }: Morning, now: Instant): boolean {
  return lines.length > 0 && now - since > SHORTLY;
}

/** The screen that a line leads to; null: the first one. */
export function leadsTo(
  { leads }: MorningLine,
  mailboxes: readonly MailboxEntity[],
): { readonly screen: string; readonly params: Params } | null {
  switch (leads.to) {
    case 'mailbox': {
      const email = mailboxes.find(({ id }) => id === leads.mailbox)?.email ?? leads.mailbox;
      return { screen: 'mailbox', params: { mailbox: leads.mailbox, email } };
    }
    case 'group': {
      return {
        screen: 'error-group',
        params: { group: leads.group, name: leads.name, by: 'code', filter: '' },
      };
    }
    case 'decisions':
      return { screen: 'decisions', params: {} };
    case 'night':
      return null;
  }
}

/** `its mailbox`, for the line that says where a key goes. */
export function leadsWord({ leads }: MorningLine): string {
  return {
    mailbox: 'to the mailbox',
    group: 'to these failures',
    decisions: 'to the decisions',
    night: 'to the night',
  }[leads.to];
}
