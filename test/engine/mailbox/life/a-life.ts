import type { CommonCause, Life, LifeEvent, Outcome } from '../../../../src/engine/mailbox/life/life.js';
import { type Step, step } from '../../../../src/engine/mailbox/life/lifecycle.js';
import { lifeOf } from '../../../../src/engine/mailbox/life/state-of-life.js';
import { said } from '../../../support/a-reason.js';

export const NOW = 1_000_000;
export const LOGIN: CommonCause = { of: 'login', side: 'source', key: '' };
export const HOLD = {
  because: said('source', 'NO [AUTHENTICATIONFAILED]'),
  asks: { key: 'as-written', text: 'Answer.' },
  password: 'source',
} as const;
export const REST: Outcome = { kind: 'rest', until: NOW + 600_000, because: said('source', 'NO [UNAVAILABLE]') };
export const SYNCED = { kind: 'synced', at: NOW } as const;

/** Takes a new mailbox through events. */
export function lived(...events: readonly LifeEvent[]): Life {
  return events.reduce<Life>((life, event) => step(life, event, NOW).life, lifeOf({ kind: 'stopped' }, null));
}

/** The effects of the last of some events. */
export function effectsOf(...events: readonly LifeEvent[]): Step['effects'] {
  return step(lived(...events.slice(0, -1)), events.at(-1)!, NOW).effects;
}

export const created: LifeEvent = { kind: 'created' };
const started: LifeEvent = { kind: 'started' };
export const working = [created, started] as const;
export const cameOut = (outcome: Outcome): LifeEvent => ({ kind: 'came out', outcome });
export const written: LifeEvent = { kind: 'written', due: null };
export const paused: LifeEvent = { kind: 'paused', by: 'operator' };
export const batchPaused: LifeEvent = { kind: 'paused', by: 'batch' };
export const continued: LifeEvent = { kind: 'continued', by: 'operator' };
export const batchContinued: LifeEvent = { kind: 'continued', by: 'batch' };
export const stopped: LifeEvent = { kind: 'stopped', how: 'drain' };
export const left = cameOut({ kind: 'left' });
export const ordered = (at: number): LifeEvent => ({ kind: 'ordered', at, why: { key: 'order' } });
export const decided = (at: number): LifeEvent => ({ kind: 'decided', at, why: { key: 'decision', decision: 1 } });
export const GIVEN_UP = { kind: 'given-up', at: NOW, by: 'eva', reason: 'left the school' } as const;
export const givenUp: LifeEvent = { kind: 'given up', state: GIVEN_UP };
export const takenUp: LifeEvent = { kind: 'taken up', to: 'queue' };
export const resting = [...working, cameOut(REST), written] as const;
