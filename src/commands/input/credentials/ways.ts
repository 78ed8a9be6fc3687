import type { Endpoint } from '../../../store/batch/batch.js';
import type { EndpointKey } from '../../../store/batch/endpoints.js';
import type { Side } from '../../../words/side.js';
import { SERVER_NAME } from '../config/server-name.js';

/** The places that the secrets of an endpoint may come from, as options and keys call them; an endpoint has one at most. */
export const WAYS = {
  oauth: 'oauth',
  passwordCommand: 'password-command',
  passwordFile: 'password-file',
  passwordEnv: 'password-env',
  tokenCommand: 'token-command',
} as const satisfies Partial<Record<keyof Endpoint, string>>;
export type Way = keyof typeof WAYS;
export type Ways = Pick<Endpoint, Way>;

const WAY_KEYS = Object.keys(WAYS) as readonly Way[];

export function waysOf({ oauth, passwordCommand, passwordFile, passwordEnv, tokenCommand }: Ways): Ways {
  return { oauth, passwordCommand, passwordFile, passwordEnv, tokenCommand };
}

export function hasWay(endpoint: Ways): boolean {
  return WAY_KEYS.some((key) => endpoint[key] !== null);
}

export function isSameWay(a: Ways, b: Ways): boolean {
  return WAY_KEYS.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}

/** The endpoint has a table of its own in the configuration; null: it is that of the options, or logged in to like it. */
export function nameOfServer(key: EndpointKey): string | null {
  return SERVER_NAME.test(key) ? key : null;
}

/** `--source-password-command`, or `[server.branch] password-command`: what a message calls it by. */
export function wayName(side: Side, key: EndpointKey, way: Way): string {
  const name = nameOfServer(key);
  return name === null ? `--${side}-${WAYS[way]}` : `[server.${name}] ${WAYS[way]}`;
}
