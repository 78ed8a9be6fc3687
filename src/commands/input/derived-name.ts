import { basename, extname } from 'node:path';
import { BadInput } from '../../words/bad-input.js';
import type { EndpointUrl } from './endpoint/endpoint-url.js';
import { safeName, shortHash } from './plan/row-id.js';

/** The batch name of `run` where none is given: the plan's file name. */
export function nameFromPlan(planPath: string): string {
  const base = basename(planPath, extname(planPath));
  if (!/[A-Za-z0-9]/.test(base))
    throw new BadInput(`${planPath}: no batch name can be made of this file name; give --name`);
  return safeName(base).slice(0, 80);
}

/**
 * The batch name of `move`: the same pair of mailboxes gives the same name, so that a second `move`
 * resumes the first. The hash covers what the readable part leaves out.
 */
export function nameFromPair(source: EndpointUrl, destination: EndpointUrl): string {
  const pair = [source, destination];
  const identity = JSON.stringify(pair.map((end) => [end.host, end.port, end.user]));
  const readable = pair.map((end) => safeName(`${end.user ?? ''}`.toLowerCase()).slice(0, 30)).join('-to-');
  return `${readable}-${shortHash(identity)}`;
}
