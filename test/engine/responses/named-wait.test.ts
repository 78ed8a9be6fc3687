import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/engine/responses/classify.js';
import { namedWait } from '../../../src/engine/responses/named-wait.js';

describe('a wait that the server names', () => {
  it.each([
    ['Request is throttled. Suggested Backoff Time: 89117 milliseconds', 90],
    ['try again in 5 minutes', 300],
    ['Please retry after 30 seconds.', 30],
    ['Retry-After: 120', 120],
    ['Download was rate limited. Try again in 3600 seconds', 3600],
    ['please wait 1 hour 30 minutes', 5400],
    ['Too many attempts, try again in 2 hours', 7200],
    ['Wait 15 min and retry', 900],
    ['locked for 10 minutes', 600],
    ['Bitte in 10 Minuten erneut versuchen', 600],
    ['Veuillez réessayer dans 5 minutes', 300],
    ['Inténtelo de nuevo en 2 horas', 7200],
    ['Tente novamente em 30 segundos', 30],
    ['повторите через 5 минут', 300],
    ['请在5分钟后重试', 300],
    ['10分後に再度お試しください', 600],
  ])('%s', (text, seconds) => {
    expect(namedWait(text)).toBe(seconds);
  });

  it.each([
    'Autologout; idle for 30 minutes',
    'Try again later (0.020 + 0.000 secs).',
    'Mailbox has 5 messages, try again',
    'Invalid message (took 12 ms)',
    'Server Unavailable. 15',
  ])('none in: %s', (text) => {
    expect(namedWait(text)).toBe(0);
  });

  it('is at most a day, whatever the server says', () => {
    expect(namedWait('retry after 999999999999 hours')).toBe(86_400);
    expect(namedWait('try again in 3 days')).toBe(86_400);
  });

  it('reaches the verdict', () => {
    const line = 'BAD Request is throttled. Suggested Backoff Time: 89117 milliseconds';
    expect(classify({ line, command: 'UID FETCH', side: 'source' })).toMatchObject({
      kind: 'throttled',
      next: 'wait',
      waitSeconds: 90,
    });
  });
});
