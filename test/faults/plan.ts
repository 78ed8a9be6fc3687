import { pick, seeded } from '../../bench/lab/seeded.js';
import type { Random } from '../../src/words/clock.js';
import type { Side } from '../../src/words/side.js';

/** Something that goes wrong, or only happens, while mail is on its way. */
export type Fault =
  /** Both ends see the line end: orderly, or by a reset. */
  | { readonly kind: 'cut'; readonly side: Side; readonly how: 'fin' | 'rst' }
  /** Nothing passes for so long. */
  | { readonly kind: 'stall'; readonly side: Side; readonly ms: number }
  | { readonly kind: 'trickle'; readonly side: Side; readonly bytesPerSecond: number; readonly ms: number }
  /** The destination stores and says OK; no answer arrives, and then the line is reset. */
  | { readonly kind: 'drop-ok'; readonly ms: number }
  /** SIGKILL, and `resume` after a while. */
  | { readonly kind: 'kill'; readonly restMs: number }
  /** SIGTERM, and `resume`. */
  | { readonly kind: 'stop' }
  /** Somebody else's mail arrives at the destination. */
  | { readonly kind: 'foreign'; readonly messages: number }
  | { readonly kind: 'new-mail'; readonly messages: number }
  /** The wall clock jumps, either way, after a while. */
  | { readonly kind: 'clock'; readonly hours: number; readonly afterMs: number }
  /** No room for state; there is room again when the program has ended. */
  | { readonly kind: 'full-disk' };

export interface Planned {
  /** When so many bytes have gone to the destination, as a part of the whole mail. */
  readonly at: number;
  readonly fault: Fault;
}

export interface RoundPlan {
  readonly round: number;
  /** Messages in the mailbox, and the seed of its corpus. */
  readonly messages: number;
  readonly corpusSeed: number;
  /** The way to the destination: what is on it when the program dies is stored late. */
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
  /** APPENDUID and UIDPLUS are taken out of what the destination says. */
  readonly uids: 'told' | 'not told';
  /** In order. */
  readonly faults: readonly Planned[];
}

const SIDES: readonly Side[] = ['source', 'destination'];

/** Each weighs as often as it stands here: deaths and lost answers are what doubles mail. */
const KINDS: readonly Fault['kind'][] = [
  ...['kill', 'kill', 'kill', 'cut', 'cut', 'cut', 'drop-ok', 'drop-ok', 'stall', 'trickle'],
  ...['stop', 'foreign', 'foreign', 'new-mail', 'new-mail', 'clock', 'clock', 'full-disk'],
] as Fault['kind'][];

/** The same seed and number give the same round. */
export function planRound(seed: number, round: number): RoundPlan {
  const random = seeded(seed * 100_003 + round);
  const faults = Array.from({ length: 1 + pick(random, 4) }, () => ({
    at: 0.05 + random() * 0.85,
    fault: draw(random),
  }));
  // The clock matters while late stores are waited for: after a death.
  const spread = faults.flatMap((planned): Planned[] =>
    planned.fault.kind === 'clock' ? [{ at: planned.at, fault: { kind: 'kill', restMs: 0 } }, planned] : [planned],
  );
  return {
    round,
    messages: 120 + pick(random, 180),
    corpusSeed: 1 + pick(random, 1_000_000),
    latencyMs: [1, 5, 20][pick(random, 3)]!,
    bytesPerSecond: [300_000, 700_000, 1_500_000, 2_500_000][pick(random, 4)]!,
    uids: random() < 0.25 ? 'not told' : 'told',
    faults: spread.sort((a, b) => a.at - b.at),
  };
}

function draw(random: Random): Fault {
  const side = SIDES[random() < 0.3 ? 0 : 1]!;
  switch (KINDS[pick(random, KINDS.length)]!) {
    case 'cut':
      return { kind: 'cut', side, how: random() < 0.5 ? 'fin' : 'rst' };
    case 'stall':
      return { kind: 'stall', side, ms: 500 + pick(random, 4000) };
    case 'trickle':
      return { kind: 'trickle', side, bytesPerSecond: 4000 + pick(random, 20_000), ms: 500 + pick(random, 3000) };
    case 'drop-ok':
      return { kind: 'drop-ok', ms: 50 + pick(random, 1500) };
    case 'kill':
      return { kind: 'kill', restMs: random() < 0.5 ? 0 : pick(random, 3000) };
    case 'stop':
      return { kind: 'stop' };
    case 'foreign':
      return { kind: 'foreign', messages: 1 + pick(random, 5) };
    case 'new-mail':
      return { kind: 'new-mail', messages: 1 + pick(random, 8) };
    case 'clock':
      return { kind: 'clock', hours: random() < 0.5 ? -1 : 1, afterMs: 200 + pick(random, 1500) };
    case 'full-disk':
      return { kind: 'full-disk' };
  }
}

/** As in the table at the end, e.g. `cut destination rst`. */
export function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'cut':
      return `cut ${fault.side} ${fault.how}`;
    case 'stall':
    case 'trickle':
      return `${fault.kind} ${fault.side}`;
    case 'clock':
      return `clock ${fault.hours > 0 ? '+' : '-'}1 h`;
    default:
      return fault.kind;
  }
}
