import type { PlanRow } from '../../../store/batch/batch.js';
import { type EndpointKey, PerEndpoint } from '../../../store/batch/endpoints.js';
import type { PassRefusal } from '../../../store/mailbox/pass-schema.js';
import { SIDES, type Side } from '../../../words/side.js';
import type { Permit, Place } from '../../governor/governor.js';
import type { Habits } from '../habits/habits.js';
import { failureOf } from './played-trouble.js';

/** The connections of a mailbox, or the refusal of one that it cannot do without. */
type Opened =
  | { readonly kind: 'open'; readonly close: () => void }
  | { readonly kind: 'refused'; readonly refusal: PassRefusal };

/** Servers that bear so many connections and refuse more, in a played night. */
export class PlayedConnections {
  readonly #open: PerEndpoint<{ many: number; readonly most: number }>;

  constructor({ connections }: Pick<Habits, 'connections'>) {
    this.#open = new PerEndpoint((side: Side, _key: EndpointKey) => ({
      many: 0,
      most: connections[side] ?? Number.POSITIVE_INFINITY,
    }));
  }

  /** Opens connections as a mailbox does: one to each side, without which it does not go, and one more where there is room. */
  open(row: PlanRow, place: Place): Opened {
    const opened: (() => void)[] = [];
    const close = () => {
      for (const one of opened) one();
    };
    // Both are asked for before either is answered: the governor halves what was asked for.
    const asked = SIDES.map((side) => ({ side, first: place.connection(side), extra: place.connection(side) }));
    const refused = asked.flatMap(({ side, first, extra }) => {
      if (first === null) throw new Error('unreachable: the first connection is in the place');
      const refusal = this.#dial(side, row, first, opened);
      if (extra !== null) this.#dial(side, row, extra, opened);
      return refusal ?? [];
    });
    const [refusal] = refused;
    if (refusal === undefined) return { kind: 'open', close };
    close();
    return { kind: 'refused', refusal };
  }

  #dial(side: Side, row: PlanRow, permit: Permit, opened: (() => void)[]): PassRefusal | null {
    const at = this.#open.of(side, row);
    if (at.many >= at.most) {
      const refusal = tooMany(side);
      permit.refused(failureOf(refusal), 'server');
      return refusal;
    }
    at.many++;
    permit.reached();
    opened.push(() => {
      at.many--;
      permit.closed();
    });
    return null;
  }
}

const tooMany = (side: Side): PassRefusal => ({
  side,
  kind: 'throttled',
  scope: 'endpoint',
  rule: 'too-many-connections',
  waitSeconds: 0,
  during: 'login',
});
