import type { AllowanceReason, PlainWait, Reason, Shortfall } from './reason.js';
import { plural, showBytes } from './units.js';

const PLAIN: Readonly<Record<PlainWait, string>> = {
  'not started': 'not started yet',
  turn: 'waits for its turn',
  stagger: 'staggered start',
  postponed: 'postponed',
  order: 'by order',
  due: 'by decision',
  disk: 'the disk may take it now',
  'batch paused': 'the batch is paused',
  'window closed': 'the window is closed',
};

/** A reason in one line: `source: NO [UNAVAILABLE] being checked`, `waits its turn, 20 at once`. Null: ''. */
export function reasonText(reason: Reason | null): string {
  if (reason === null) return '';
  const text = withoutSide(reason);
  return 'side' in reason && reason.key !== 'endpoint full' ? `${reason.side}: ${text}` : text;
}

/** A reason without its side, where that stands beside it. */
export function withoutSide(reason: Reason): string {
  switch (reason.key) {
    case 'response':
      return reason.response;
    case 'shared login refused':
      return `the shared login was refused for ${reason.mailbox}`;
    case 'file':
    case 'bug':
    case 'told':
      return reason.text;
    case 'short':
      return reason.by.map(shortfallText).join('; ');
    case 'left by 0.1.0':
      return 'messages were left by an earlier version: resume copies them';
    case 'decision':
      return `by decision ${reason.decision}`;
    case 'place':
      return `waits its turn, ${reason.concurrency} at once`;
    case 'endpoint full':
      return `${reason.side} bears ${plural(reason.connections, 'connection')}`;
    case 'circuit':
      return `${reason.response}; one mailbox tries ${reason.probe === 'to come' ? 'first' : 'now'}`;
    case 'allowance':
      return allowanceText(reason);
    case 'after circuit':
      return 'its turn after the endpoint came back';
    case 'shared login tried':
      return 'one mailbox tries the shared login first';
    case 'wave':
      return reason.wave === null ? 'it is of no wave: `--wave all` starts it' : `waits for wave ${reason.wave}`;
    default:
      return PLAIN[reason.key];
  }
}

/** `allowance of 2.0 GB a day used up` */
function allowanceText({ of, unit, most }: AllowanceReason): string {
  const amount = unit === 'bytes' ? showBytes(most) : plural(most, 'message');
  return `allowance of ${amount} a day${of === 'endpoint' ? ' for all mailboxes' : ''} used up`;
}

function shortfallText(shortfall: Shortfall): string {
  switch (shortfall.kind) {
    case 'left':
      return `${messages(shortfall)} not copied`;
    case 'not stored':
      return `${messages(shortfall)} answered OK and not there when the folder was read back`;
    case 'cut short':
      return `${messages(shortfall)} of which the destination holds a part only`;
    case 'not as listed':
      return `${messages(shortfall)} that the source does not give as it lists them`;
    case 'unread':
      return `${plural(shortfall.failures, 'failure')} of folders or names`;
    case 'doubled':
      return `${plural(shortfall.copies, 'second copy', 'second copies')} in ${plural(shortfall.folders, 'folder')}: \`nightferry quarantine\` moves them away`;
  }
}

const messages = (of: { readonly messages: number; readonly folders: number }) =>
  `${plural(of.messages, 'message')} in ${plural(of.folders, 'folder')}`;

/** A server's line without its tag: `A12 NO [LIMIT] later` is `NO [LIMIT] later`. */
export function withoutTag(line: string): string {
  return line.replace(/^\S+ (?=(?:OK|NO|BAD|BYE)\b)/, '');
}

/** A server's line without tag, status and code, where something is left then: `later`. */
export function responseWords(line: string): string {
  const words = withoutTag(line).replace(/^(?:NO|BAD|BYE|OK) +(?:\[[^\]]*\] *)?/, '');
  return words === '' ? line : words;
}
