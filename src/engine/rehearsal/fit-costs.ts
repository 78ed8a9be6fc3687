import { type Costs, workOf } from './pace.js';

/** One mailbox of a former night: the time that it took, and the work that it did. */
export interface Sample {
  /** Milliseconds at work. */
  readonly ms: number;
  readonly starts: number;
  readonly messages: number;
  readonly bytes: number;
}

/** Rounds of the descent. It settles long before. */
const ROUNDS = 400;
/** The weight of the costs that are assumed beforehand, as a part of one middling mailbox. */
const PRIOR = 0.02;

/**
 * Finds what a start, a message and a byte cost, by least squares over mailboxes, each weighed by the time that it
 * took. No cost is negative. With these costs all samples together take as long as they took.
 *
 * @param samples  at least one, of more than nothing
 */
export function fitCosts(samples: readonly Sample[]): Costs {
  const rows = samples.filter(({ ms }) => ms > 0);
  const sum = (pick: (sample: Sample) => number) => rows.reduce((total, one) => total + pick(one), 0);
  const all = sum(({ ms }) => ms);
  const scales = PLACES.map((index) => sum((one) => partsOf(one)[index]!) || 1);
  // Parts of the whole time: a tenth for starts, and half of the rest each for messages and bytes.
  const prior = [0.1, 0.45, 0.45];
  const shares = [...prior];
  const scaled = rows.map((row) => ({
    weight: all / row.ms / rows.length,
    parts: [...partsOf(row).map((part, index) => part / scales[index]!), row.ms / all],
  }));
  // Sums over all samples, of which there may be many: the descent itself is over three numbers.
  const products = PLACES.map((index) =>
    [...PLACES, TIME].map((other) =>
      scaled.reduce((total, { weight, parts }) => total + weight * parts[index]! * parts[other]!, 0),
    ),
  );
  const pull = PRIOR / rows.length;
  for (let round = 0; round < ROUNDS; round++)
    for (const index of PLACES) {
      const row = products[index]!;
      const others = shares.reduce((total, share, at) => (at === index ? total : total + row[at]! * share), 0);
      shares[index] = Math.max(0, (pull * prior[index]! + row[TIME]! - others) / (pull + row[index]!));
    }
  const [perStart, perMessage, perByte] = shares.map((share, index) => (share * all) / scales[index]!);
  const found = { perStart: perStart!, perMessage: perMessage!, perByte: perByte! };
  const told = sum((one) => timeOf(found, one));
  const right = told > 0 ? all / told : 1;
  return { perStart: found.perStart * right, perMessage: found.perMessage * right, perByte: found.perByte * right };
}

/** The places of the parts of a sample that cost time, and of the time itself behind them. */
const PLACES = [0, 1, 2] as const;
const TIME = 3;

const partsOf = ({ starts, messages, bytes }: Sample): readonly number[] => [starts, messages, bytes];

/** Milliseconds that a sample takes by these costs. */
export function timeOf(costs: Costs, { starts, messages, bytes }: Omit<Sample, 'ms'>): number {
  return costs.perStart * starts + workOf(costs, messages, bytes);
}
