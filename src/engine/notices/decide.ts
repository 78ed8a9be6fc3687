import type { Told } from '../../store/batch/notices.js';
import { decideBudgetSpent } from './budget-spent.js';
import { decideEnding, NO_WORK, type Work } from './ending.js';
import { decideLeftAlone, type KnownCircuits, NO_CIRCUITS } from './left-alone.js';
import { type Decided, decideNeeds, type KnownCauses } from './needs.js';
import { decideStall, type Silence } from './stall.js';
import type { Standing } from './standing.js';
import { decideWindowClosing } from './window-closing.js';

/** All that decides what is told next. Only `told` outlives the engine. */
export interface NoticeMemory {
  readonly told: Told;
  readonly causes: KnownCauses;
  readonly circuits: KnownCircuits;
  readonly silence: Silence | null;
  readonly work: Work;
}

/** @param told  as an earlier engine left it */
export function newMemory(told: Told): NoticeMemory {
  return { told, causes: new Map(), circuits: NO_CIRCUITS, silence: null, work: NO_WORK };
}

/** The news for an operator of a batch that stands like this. Nothing is told twice. */
export function decide(memory: NoticeMemory, standing: Standing): Decided<NoticeMemory> {
  const alone = decideLeftAlone(memory.told.alone, memory.circuits, standing);
  const stall = decideStall(memory.told.stalled, memory.silence, standing);
  const needs = decideNeeds(memory.told.mailboxes, memory.causes, standing);
  const budgets = decideBudgetSpent(memory.told.budgets, standing);
  const window = decideWindowClosing(memory.told.window, standing);
  const ending = decideEnding(memory.work, standing);
  return {
    news: [alone, stall, needs, budgets, window, ending].flatMap(({ news }) => news),
    memory: {
      told: {
        mailboxes: needs.memory.told,
        alone: alone.memory.told,
        stalled: stall.memory.told,
        budgets: budgets.memory,
        window: window.memory,
      },
      causes: needs.memory.causes,
      circuits: alone.memory.circuits,
      silence: stall.memory.silence,
      work: ending.memory,
    },
    lookAt: Math.min(alone.lookAt, stall.lookAt, needs.lookAt, window.lookAt, ending.lookAt),
  };
}
