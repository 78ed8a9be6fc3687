import { dovecotAvailable as installed } from '../../bench/lab/dovecot.js';

export * from '../../bench/lab/dovecot.js';

/** Whether tests may start servers of their own: not under `npm test`, which is done in a minute anywhere. */
export function dovecotAvailable(): ReturnType<typeof installed> {
  const available = installed();
  if (!available.ok || process.env.npm_lifecycle_event !== 'test') return available;
  return { ok: false, why: 'Dovecot is here; npm run test:real runs what needs it' };
}
