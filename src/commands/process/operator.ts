import type { Environment } from './io.js';

/** The operator's name beside decisions and in the log: the login name, else the user id. */
export function operatorName({ env, uid }: Pick<Environment, 'env' | 'uid'>): string {
  return env.USER || env.LOGNAME || `uid ${uid}`;
}
