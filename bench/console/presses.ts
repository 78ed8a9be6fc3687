import { type ConsoleOnPty, type Pressed, sleep } from './console-on-pty.js';
import { type Figure, percentile } from './figure.js';

/** The time that a key may take, 95 of 100 times, in milliseconds. */
const BUDGET_MS = 60;

/**
 * Presses keys in turn, each when the one before was answered.
 *
 * @param keys  of which each goes to another row or screen
 * @param where for the figures' names
 */
export async function pressAll(
  console: ConsoleOnPty,
  keys: readonly string[],
  times: number,
  where: string,
): Promise<Figure[]> {
  const pressed: Pressed[] = [];
  for (let n = 0; n < times; n++) {
    pressed.push(await console.press(keys[n % keys.length] ?? 'j'));
    // Not in step with the updates.
    await sleep(90 + ((n * 37) % 80));
  }
  const figure = (what: string, of: (one: Pressed) => number): Figure => ({
    what: `key to ${what}, 95th percentile, ${where}`,
    value: percentile(pressed.map(of), 0.95),
    under: BUDGET_MS,
    unit: 'ms',
  });
  return [figure('what it does', ({ effect }) => effect), figure('first byte', ({ firstByte }) => firstByte)];
}
