import type { Figures, Profile, ProfileValues } from '../../engine/profiles/profile.js';
import { showBytes, showCount } from '../../words/units.js';
import { FILE_KEYS } from '../input/limits/profile-file.js';

/** The meaning of each value, beside its name in a file. */
export const MEANS: Readonly<Record<keyof ProfileValues, string>> = {
  messageBytes: 'largest message',
  lineOctets: 'longest line of a message, octets',
  connectionsOfLogin: 'connections of a login',
  connectionsOfAddress: 'connections from one address',
  downADay: 'an account may read in 24 hours',
  upADay: 'an account may write in 24 hours',
  noMailNames: 'folders that hold no mail, at top level',
  noMailAttributes: 'folders that hold no mail, by attribute',
  flow: 'commands are sent',
  introduces: 'it is told who we are',
  idFields: 'fields of ID',
};

export const KEYS = Object.entries(FILE_KEYS) as readonly (readonly [keyof typeof FILE_KEYS, keyof ProfileValues])[];
const BYTES: ReadonlySet<keyof ProfileValues> = new Set(['messageBytes', 'downADay', 'upADay']);
/** The most names of a long list that are shown. */
const SHOWN = 5;

/** A profile for a reader, with the source and the date of each figure. */
export function profileLines({ name, title, marks, figures, facts }: Profile): readonly string[] {
  const { hosts, says, capabilities } = marks;
  const known = [
    ...(hosts.length > 0 ? [`host: ${hosts.join(', ')}`] : []),
    ...(says === null ? [] : [`what it says of itself: ${says.source}`]),
    ...(capabilities.length > 0 ? [`capability: ${capabilities.join(', ')}`] : []),
  ];
  const values = KEYS.flatMap(([key, of]) => {
    const figure = figures[of];
    return figure === undefined
      ? []
      : [`  ${key} ${shown(of, figure.value)}`, `    ${MEANS[of]} (${figure.source}, ${figure.date})`];
  });
  return [
    `${name}: ${title}`,
    ...(known.length === 0 ? ['known by its name alone'] : known.map((one) => `known by ${one}`)),
    ...(values.length === 0
      ? ['no figure is known: what it bears is learned from its answers']
      : ['values that are used:', ...values]),
    ...(facts.length === 0 ? [] : ['good to know:']),
    ...facts.flatMap(({ about, text, source, date }) => [`  ${about}: ${text}`, `    (${source}, ${date})`]),
  ];
}

function shown(of: keyof ProfileValues, value: ProfileValues[keyof ProfileValues]): string {
  if (value === null) return 'none';
  if (Array.isArray(value))
    return value.length > SHOWN
      ? `${value.slice(0, SHOWN).join(', ')} and ${value.length - SHOWN} more`
      : value.join(', ');
  if (typeof value === 'number') return BYTES.has(of) ? showBytes(value) : showCount(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The same as data: values under the names that a file gives them. */
export function profileJson({ name, title, marks, figures, facts }: Profile) {
  const { hosts, says, capabilities } = marks;
  return {
    profile: name,
    title,
    knownBy: { hosts, says: says?.source ?? null, capabilities },
    values: Object.fromEntries(KEYS.flatMap(([key, of]) => figureOf(figures, key, of))),
    facts,
  };
}

const figureOf = (figures: Figures, key: string, of: keyof ProfileValues) =>
  figures[of] === undefined ? [] : [[key, figures[of]] as const];
