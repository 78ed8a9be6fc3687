import type { Endpoint } from '../../store/batch/batch.js';
import type { EndpointLimits } from '../../store/batch/limits.js';
import { ALL_PROFILES, GENERIC } from './known/index.js';
import type { Manners } from './manners.js';
import { type KnownServer, ORDINARY_VALUES, type Profile, type ProfileValues } from './profile.js';

/** All that can be seen of a server. Before anybody has connected that is its host alone. */
export interface Seen {
  readonly host: string;
  /** '' where it has not greeted yet. */
  readonly greeting: string;
  /** The name that it gives itself; '' where it gives none. */
  readonly id: string;
  /** In capitals. */
  readonly capabilities: ReadonlySet<string>;
}

const unseen = (host: string): Seen => ({ host, greeting: '', id: '', capabilities: new Set() });

/** Finds the profile of a server. The host decides before its words do, and its words before its capabilities. */
export function findProfile({ host, greeting, id, capabilities }: Seen): Profile {
  const name = host.toLowerCase().replace(/\.$/, '');
  const isAt = (domain: string) => name === domain || name.endsWith(`.${domain}`);
  const words = [id, greeting].filter((said) => said !== '');
  return (
    ALL_PROFILES.find(({ marks }) => marks.hosts.some(isAt)) ??
    ALL_PROFILES.find(({ marks: { says } }) => says !== null && words.some((said) => says.test(said))) ??
    ALL_PROFILES.find(({ marks }) => marks.capabilities.some((one) => capabilities.has(one))) ??
    GENERIC
  );
}

/** The profile of that name; null: there is none. */
export function profileNamed(name: string): Profile | null {
  return ALL_PROFILES.find((profile) => profile.name === name) ?? null;
}

/** A server by what the operator said of it, else by what is seen. */
export function knownServer(
  { profile: { name, overrides } }: Pick<EndpointLimits, 'profile'>,
  seen: Seen,
): KnownServer {
  const profile = (name === null ? null : profileNamed(name)) ?? findProfile(seen);
  return { ...profile, values: { ...valuesOf(profile), ...overrides } };
}

/** An endpoint that nobody has connected to. */
export function expectedServer({ host, limits }: Pick<Endpoint, 'host' | 'limits'>): KnownServer {
  return knownServer(limits, unseen(host));
}

/** How it is spoken to before it has said anything. */
export const mannersAt = (endpoint: Pick<Endpoint, 'host' | 'limits'>): Manners => {
  const { flow, introduces, idFields } = expectedServer(endpoint).values;
  return { flow, introduces, idFields };
};

/** The values of a profile, without where they come from. */
function valuesOf({ figures }: Pick<Profile, 'figures'>): ProfileValues {
  const known = Object.entries(figures).map(([name, { value }]) => [name, value] as const);
  return { ...ORDINARY_VALUES, ...Object.fromEntries(known) };
}
