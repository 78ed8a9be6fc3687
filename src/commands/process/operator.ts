import type { Environment } from './io.js';

/** How whoever sits here is called beside a decision and in the log. */
export function operatorName({ env, uid }: Pick<Environment, 'env' | 'uid'>): string {
  return env.USER || env.LOGNAME || `uid ${uid}`;
}
