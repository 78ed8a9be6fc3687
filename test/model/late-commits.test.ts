import { it } from 'vitest';
import { everyNight, PATIENCE } from './runs.js';

it('enters every double of a server that stores after the wait is over', () => everyNight('whenever'), PATIENCE);
