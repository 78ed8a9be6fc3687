import { OF_A_GROUP, READ_ALONE } from '../../imap/connection/silence-limits.js';
import type { Inquiry } from '../../isolate/inquiry.js';
import type { Silences } from '../../isolate/silences.js';
import type { Connections } from '../transfer/connections.js';

/** Sets how long silence is allowed while other work waits, and whether folders are opened one after the other. */
export function usualPatience(
  { source, destination }: Connections,
  { silences, turn }: Pick<Inquiry, 'silences' | 'turn'>,
): void {
  destination.lane.patience = silences.usual('destination');
  for (const desk of [source.scan, destination.read]) desk.turn = turn;
}

/** Sets how long silence is allowed while these messages are tried. */
export function patientWith({ source }: Connections, messages: number, strikes: number): void {
  source.fetch.patience = messages > 1 ? OF_A_GROUP : patienceAfter(strikes);
}

function patienceAfter(strikes: number): number {
  return READ_ALONE[strikes] ?? READ_ALONE[2];
}

/**
 * Does work on suspects, when nothing else waits for it: one command after the other. What is read is given up sooner
 * than usual, and tried again; what is stored is waited for, since nobody knows whether a message that is given up was stored.
 */
export async function withPatience(
  connections: Connections,
  { strikes, silences }: { readonly strikes: number; readonly silences: Silences },
  work: () => Promise<void>,
): Promise<void> {
  const { source, destination } = connections;
  const desks = [source.scan, source.fetch, destination.read];
  const before = desks.map(({ patience, turn }) => ({ patience, turn }));
  const { lane } = destination;
  const ofLane = lane.patience;
  for (const desk of desks) Object.assign(desk, { patience: patienceAfter(strikes), turn: 'alone' });
  lane.patience = silences.last();
  try {
    await work();
  } finally {
    for (const [at, desk] of desks.entries()) Object.assign(desk, before[at]);
    lane.patience = ofLane;
  }
}
