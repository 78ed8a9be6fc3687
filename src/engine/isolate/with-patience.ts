import type { Lines } from '../copy/transfer/lines.js';

/** Milliseconds of silence while a suspect is alone, by how often it was struck; the last try gets more time. */
const PATIENCE = [10_000, 10_000, 20_000] as const;
/** To take one of many for a suspect in vain costs little. */
const OF_MANY = 8_000;

/** For messages that are tried together. */
export function patientWith({ source }: Lines, messages: number, strikes: number): void {
  source.fetch.patience = messages > 1 ? OF_MANY : patienceAfter(strikes);
}

function patienceAfter(strikes: number): number {
  return PATIENCE[strikes] ?? PATIENCE[2];
}

/** Does work on what is suspected: one command after the other, and with less patience than usual. */
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
