import { userInfo } from 'node:os';
import type { Environment } from './io.js';

/**
 * The name of the operator beside decisions and in the log. It is a name even where the environment has none, as under
 * cron.
 */
export function operatorName({ env, uid }: Pick<Environment, 'env' | 'uid'>): string {
  return env.USER || env.LOGNAME || (nameOf(uid) ?? `user ${uid}`);
}

/** The name of the user of this process; null: it is another one, or has none. */
function nameOf(uid: number): string | null {
  try {
    const own = userInfo();
    return own.uid === uid ? own.username : null;
  } catch {
    return null;
  }
}
