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
  const scales = [0, 1, 2].map((index) => sum((one) => partOf(one, index)) || 1);
  // Parts of the whole time: a tenth for starts, and half of the rest each for messages and bytes.
  const prior = [0.1, 0.45, 0.45];
  const shares = [...prior];
  // Sums over all samples, of which there may be many: the descent itself is over three numbers.
  const products = [0, 1, 2].map((index) => [0, 1, 2, 3].map((other) => weighed(rows, scales, all, index, other)));
  const pull = PRIOR / rows.length;
  for (let round = 0; round < ROUNDS; round++)
    for (const index of [0, 1, 2]) {
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

/** Where the time stands among the sums. */
const TIME = 3;

/** The sum of products of two parts of all samples, each weighed by the time that it took. @param other  {@link TIME}: its time */
function weighed(
  rows: readonly Sample[],
  scales: readonly number[],
  all: number,
  index: number,
  other: number,
): number {
  return rows.reduce((total, row) => {
    const second = other === TIME ? row.ms / all : partOf(row, other) / scales[other]!;
    return total + (all / row.ms / rows.length) * (partOf(row, index) / scales[index]!) * second;
  }, 0);
}

const partOf = ({ starts, messages, bytes }: Sample, index: number): number =>
  index === 0 ? starts : index === 1 ? messages : bytes;

/** Milliseconds that a sample takes by these costs. */
export function timeOf(costs: Costs, { starts, messages, bytes }: Omit<Sample, 'ms'>): number {
  return costs.perStart * starts + workOf(costs, messages, bytes);
}
