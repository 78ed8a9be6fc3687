import { foundText } from '../findings/found-text.js';
import { showDateTime } from '../times.js';
import type { Grounds, PlainGrounds, ResponseGrounds } from './grounds.js';

const PLAIN: Readonly<Record<PlainGrounds, string>> = {
  'another batch': 'two batches into one mailbox would each take the other’s messages for a stranger’s',
  'names without end':
    'a list of folders without an end would fill the memory, and each name would be made at the destination',
  'no credential': 'Nightferry has nothing to log in with',
  'credential later': 'what gives the credential asks for a wait',
  'unread document': 'its document cannot be read',
  'cause lost': 'the document of causes was lost',
};

/** Why a verdict was made, in one line: `rule over-quota: code OVERQUOTA, after APPEND at the destination`. */
export function groundsText({ rule, grounds }: { readonly rule: string; readonly grounds: Grounds }): string {
  switch (grounds.key) {
    case 'response':
      return `rule ${rule}: ${seenIn(grounds)}, after ${grounds.command ?? 'no command'} at the ${grounds.side}`;
    case 'error': {
      const { code, message, side } = grounds;
      return `rule ${rule}: ${code === '' ? 'an error' : code}${message === '' ? '' : ` (${message})`} at the ${side}`;
    }
    case 'corrected':
      return `rule ${rule}: ${corrected(grounds)}`;
    case 'found':
      return `found by Nightferry: ${foundText(grounds.found)}`;
    case 'as-written':
      return grounds.text;
    default:
      return PLAIN[grounds.key];
  }
}

function seenIn({ status, code, phrase }: ResponseGrounds): string {
  const said = phrase === null ? null : `the text says \u201c${phrase}\u201d`;
  const coded = code === null ? null : `code ${code}`;
  if (said !== null && coded !== null) return `${coded}, and ${said}`;
  return said ?? coded ?? `${status ?? 'a line'} without code or known words`;
}

function corrected(grounds: Extract<Grounds, { readonly key: 'corrected' }>): string {
  const { correction, at, by, sample, kind, rule, read } = grounds;
  return `${by ?? 'an operator'} said on ${showDateTime(at)} that responses like \u201c${sample}\u201d are ${kind} (correction ${correction}); rule ${rule} would say ${read}`;
}
