import type { Advice } from '../../words/advice/advice.js';
import type { PlainAdvice } from '../../words/advice/advice-keys.js';
import type { Kind } from '../../words/verdict.js';

/** Advice by kind alone, for corrections of operators and for findings of the engine. */
const BY_KIND: Readonly<Record<Kind, PlainAdvice>> = {
  transient: 'passing',
  throttled: 'throttled',
  'mailbox-state': 'maintenance',
  'server-bug': 'server fault',
  corruption: 'corrupt',
  auth: 'password',
  quota: 'full mailbox',
  'message-policy': 'message refused',
  missing: 'gone',
  folder: 'folder unusable',
  'client-bug': 'our bug',
};

/** The advice where only the kind is known. */
export function adviceFor(kind: Kind): Advice {
  return { key: BY_KIND[kind] };
}
