import { it } from 'vitest';
import { everyNight, PATIENCE } from './runs.js';

it(
  'loses nothing and doubles nothing, whatever is cut and whenever',
  () => everyNight('within the standstill'),
  PATIENCE,
);
