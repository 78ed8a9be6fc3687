import { Client } from './client.js';
import { Broken } from './properties.js';
import type { Schedule } from './schedule.js';
import { type LateCommits, World } from './world.js';

/** More attempts than this are not disturbed. */
const DISTURBED = 7;

/**
 * Plays one night to its end, and then one run more that nothing disturbs, begun from the disk.
 *
 * @throws Broken  with the story of the night, when something that must hold did not
 */
export async function play(schedule: Schedule, late: LateCommits): Promise<void> {
  // A night has a dozen lost lines, each of them an error: their stack traces would take a tenth of the time.
  Error.stackTraceLimit = 0;
  const world = new World(schedule, late);
  const client = new Client(world);
  try {
    await client.start();
    for (let attempts = 1; ; attempts++) {
      if (attempts >= DISTURBED) world.tape.stop();
      const outcome = await client.attempt();
      world.tell(`the attempt is ${outcome}`);
      client.properties.check();
      if (outcome === 'done') break;
      world.advance(5 + (world.tape.next() % 4) * 500);
      if (outcome === 'dead') await client.start();
    }
    world.tape.stop();
    // A message that is stored later than this is for the run after it: docs/limits.md.
    world.landAll();
    world.advance(1000);
    await client.start();
    const last = await client.attempt();
    if (last !== 'done') throw new Broken(`the last run is ${last}, and nothing disturbed it`);
    client.properties.end(client.ledger, client.doubles);
  } catch (error) {
    const why = error instanceof Error ? error : new Error(String(error));
    throw new Broken([`${why.name}: ${why.message}`, ...world.story].join('\n  '), { cause: error });
  }
}
