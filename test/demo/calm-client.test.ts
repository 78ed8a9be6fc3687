import { describe, expect, it } from 'vitest';
import { calmClient } from '../../demo/night/calm-client.js';
import type { EngineEvent } from '../../src/protocol/events.js';
import { aMailbox, FakeEngine } from '../support/fake-engine.js';
import { Wall } from './support/wall.js';

const watched = async () => {
  const engine = new FakeEngine([aMailbox('ann'), aMailbox('bob')]);
  const wall = new Wall();
  const client = calmClient(engine, wall);
  const events: EngineEvent[] = [];
  await client.subscribe((event) => events.push(event));
  return { engine, wall, client, events };
};
const kinds = (events: readonly EngineEvent[]) => events.map(({ type }) => type);

describe('the client of who watches the demo', () => {
  it('hands over the whole state at once', async () => {
    const { events } = await watched();
    expect(kinds(events)).toEqual(['batch', 'mailbox', 'mailbox']);
  });

  it('tells of what changed four times a second, the latest of it, and of the time', async () => {
    const { engine, wall, events } = await watched();
    events.length = 0;
    for (let copied = 1; copied <= 50; copied++) {
      const change = { counts: { ...aMailbox('ann').counts, copied } };
      engine.publish({ type: 'mailbox', mailbox: aMailbox('ann', change) });
      await wall.passes(4);
    }
    expect(events).toEqual([]);
    await wall.passes(50);
    expect(kinds(events)).toEqual(['batch', 'mailbox']);
    expect(events[1]).toMatchObject({ mailbox: { id: 'ann', counts: { copied: 50 } } });
    events.length = 0;
    await wall.passes(1000);
    expect(kinds(events)).toEqual(['batch', 'batch', 'batch', 'batch']);
  });

  it('closes when the end was told, and not before', async () => {
    const { engine, wall, client, events } = await watched();
    let ended: boolean | null = null;
    void client.closed.then(() => {
      ended = events.some(({ type }) => type === 'end');
    });
    engine.end(3);
    await wall.passes(249);
    expect(ended).toBeNull();
    await wall.passes(1);
    expect(ended).toBe(true);
    expect(wall.timers).toBe(0);
  });

  it('shows what happens outside of the engine as a line of the log', async () => {
    const { wall, client, events } = await watched();
    client.say('the operator raises the quota');
    await wall.passes(250);
    expect(events.at(-1)).toMatchObject({
      type: 'log',
      line: { text: 'the operator raises the quota', mailbox: null },
    });
  });

  it('follows no longer once it is closed', async () => {
    const { engine, wall, client, events } = await watched();
    client.close();
    events.length = 0;
    engine.publish({ type: 'mailbox', mailbox: aMailbox('ann', { errors: 1 }) });
    await wall.passes(1000);
    await client.closed;
    expect(events).toEqual([]);
    expect(engine.listeners).toBe(0);
    expect(wall.timers).toBe(0);
  });
});
