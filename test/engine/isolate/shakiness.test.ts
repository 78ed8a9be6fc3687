import { expect, it } from 'vitest';
import { Shakiness } from '../../../src/engine/isolate/shakiness.js';

it('remembers for eight attempts that a connection of that side ended by itself', () => {
  const shakiness = new Shakiness();
  shakiness.attempt();
  expect([shakiness.of('source'), shakiness.of('destination')]).toEqual(['steady', 'steady']);
  shakiness.dropped('source');
  for (let attempt = 0; attempt < 8; attempt++) shakiness.attempt();
  expect([shakiness.of('source'), shakiness.of('destination')]).toEqual(['shaky', 'steady']);
  shakiness.attempt();
  expect(shakiness.of('source')).toBe('steady');
});
