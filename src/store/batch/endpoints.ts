import type { Side } from '../../words/side.js';
import type { Batch, Endpoint, PlanRow } from './batch.js';

/** The key of an endpoint of a side within its batch. */
export type EndpointKey = string;

/** The key of the batch's own endpoint, which rows use that name none. */
export const OWN: EndpointKey = '';

/** All endpoints of a batch. */
export type Endpoints = Pick<Batch, Side | 'others'>;

/** A mailbox, by its endpoints on both sides. */
export type Located = Pick<PlanRow, 'at'>;

export function endpointKey(side: Side, { at }: Located): EndpointKey {
  return at?.[side] ?? OWN;
}

/** The user of a mailbox on a side. */
export function userOn(side: Side, row: Pick<PlanRow, 'sourceUser' | 'destinationUser'>): string {
  return side === 'source' ? row.sourceUser : row.destinationUser;
}

/** @throws Error  for a key that the batch does not have: its document is not whole */
export function endpointAt(batch: Endpoints, side: Side, key: EndpointKey): Endpoint {
  const endpoint = key === OWN ? batch[side] : batch.others[side][key];
  if (!endpoint) throw new Error(`the batch has no ${side} ${key}`);
  return endpoint;
}

export function endpointOf(batch: Endpoints, side: Side, row: Located): Endpoint {
  return endpointAt(batch, side, endpointKey(side, row));
}

/** The keys of all endpoints of a side, the batch's own first. */
export function endpointKeys(batch: Endpoints, side: Side): readonly EndpointKey[] {
  return [OWN, ...Object.keys(batch.others[side])];
}

/** The keys of the endpoints of a side that some mailbox is at: where each row names a server, nobody is at the batch's own. */
export function usedEndpointKeys(batch: Endpoints & Pick<Batch, 'mailboxes'>, side: Side): readonly EndpointKey[] {
  const used = new Set(batch.mailboxes.map((row) => endpointKey(side, row)));
  return endpointKeys(batch, side).filter((key) => used.has(key));
}

/** The batch as one of its mailboxes sees it: with one endpoint a side. */
export function seenBy<B extends Endpoints>(batch: B, row: Located): B {
  if (row.at === null) return batch;
  return { ...batch, source: endpointOf(batch, 'source', row), destination: endpointOf(batch, 'destination', row) };
}

/** The same batch with another version of one endpoint. */
export function withEndpoint<B extends Endpoints>(batch: B, side: Side, key: EndpointKey, endpoint: Endpoint): B {
  if (key === OWN) return { ...batch, [side]: endpoint };
  return { ...batch, others: { ...batch.others, [side]: { ...batch.others[side], [key]: endpoint } } };
}

/** The same batch, trusting another certificate at one endpoint. @param fingerprint  null: none by name */
export function withFingerprint<B extends Endpoints>(
  batch: B,
  side: Side,
  key: EndpointKey,
  fingerprint: Endpoint['fingerprint'],
): B {
  return withEndpoint(batch, side, key, { ...endpointAt(batch, side, key), fingerprint });
}

/**
 * The endpoint of a side to which a command refers.
 *
 * @param row  null: no mailbox was named
 * @returns null: that names none, for the batch has several
 */
export function meantEndpoint(batch: Endpoints, side: Side, row: Located | null): EndpointKey | null {
  if (row !== null) return endpointKey(side, row);
  return endpointKeys(batch, side).length > 1 ? null : OWN;
}

/** The same batch with each endpoint changed. */
export function mapEndpoints<B extends Endpoints>(batch: B, side: Side, change: (endpoint: Endpoint) => Endpoint): B {
  return endpointKeys(batch, side).reduce(
    (now, key) => withEndpoint(now, side, key, change(endpointAt(batch, side, key))),
    batch,
  );
}

/** `source`, or `source mail.old.example` where the batch has several. */
export function endpointName(batch: Endpoints, side: Side, key: EndpointKey): string {
  return endpointKeys(batch, side).length === 1 ? side : `${side} ${endpointAt(batch, side, key).host}`;
}

/** A value for each endpoint, made when it is first asked for. */
export class PerEndpoint<T> {
  readonly #all: Readonly<Record<Side, Map<EndpointKey, T>>> = { source: new Map(), destination: new Map() };

  constructor(private readonly make: (side: Side, key: EndpointKey) => T) {}

  at(side: Side, key: EndpointKey): T {
    const known = this.#all[side].get(key);
    if (known !== undefined) return known;
    const made = this.make(side, key);
    this.#all[side].set(key, made);
    return made;
  }

  of(side: Side, row: Located): T {
    return this.at(side, endpointKey(side, row));
  }

  /** All values that were asked for. */
  *[Symbol.iterator](): Generator<T> {
    for (const one of [this.#all.source, this.#all.destination]) yield* one.values();
  }
}
