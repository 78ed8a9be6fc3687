import type { Lines } from '../copy/transfer/lines.js';

/** Milliseconds of silence that are allowed while a suspect is alone, by its strikes so far. The last try gets more. */
const PATIENCE = [10_000, 10_000, 20_000] as const;
/** Milliseconds of silence while a group is tried. It is short: a false suspicion of a group costs little. */
const OF_MANY = 8_000;

/** Sets how long silence is allowed while these messages are tried. */
export function patientWith({ source }: Lines, messages: number, strikes: number): void {
  source.fetch.patience = messages > 1 ? OF_MANY : patienceAfter(strikes);
}

function patienceAfter(strikes: number): number {
  return PATIENCE[strikes] ?? PATIENCE[2];
}

/** Does work on suspects: one command after the other, and giving up on silence sooner than usual. */
export async function withPatience(lines: Lines, strikes: number, work: () => Promise<void>): Promise<void> {
  const desks = [lines.source.scan, lines.source.fetch, lines.destination.read];
  const before = desks.map(({ patience, turn }) => ({ patience, turn }));
  for (const desk of desks) Object.assign(desk, { patience: patienceAfter(strikes), turn: 'alone' });
  try {
    await work();
  } finally {
    for (const [at, desk] of desks.entries()) Object.assign(desk, before[at]);
  }
}
