import type { Kind } from '../../words/verdict.js';
import { ADVICE, type Advice } from './advice.js';

/** For what is read by its kind alone: corrections, and what the engine found out itself. */
const BY_KIND: Readonly<Record<Kind, Advice>> = {
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
export function adviceFor(kind: Kind): string {
  return ADVICE[BY_KIND[kind]];
}
