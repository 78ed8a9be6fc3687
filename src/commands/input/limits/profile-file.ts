import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { profileNamed } from '../../../engine/profiles/find.js';
import { PROFILE_NAMES } from '../../../engine/profiles/profile.js';
import type { EndpointLimits, ProfileOverrides } from '../../../store/batch/limits.js';
import { BadInput } from '../../../words/bad-input.js';
import { parseSize } from '../sizes.js';

const NO_LIMIT = 'none';
/** Files of values are small; more is another file. */
const LONGEST = 256 * 1024;

/** Bytes: a number, a text like `35M`, or `none`. */
const size = z
  .union([z.number(), z.string()], { error: 'a size is expected, like 35M, or none' })
  .transform((given, context) => {
    if (given === NO_LIMIT) return null;
    try {
      return parseSize(String(given), '');
    } catch {
      context.addIssue({ code: 'custom', message: 'a size is expected, like 35M, or none' });
      return z.NEVER;
    }
  });
const count = z.union([z.int().positive(), z.literal(NO_LIMIT).transform(() => null)], {
  error: 'a whole number is expected, or none',
});
const names = z.array(z.string().min(1, 'a name is expected'), { error: 'a list of names is expected' });

const fileSchema = z.strictObject({
  profile: z.enum(PROFILE_NAMES, { error: `a profile is expected: ${PROFILE_NAMES.join(', ')}` }).optional(),
  'message-bytes': size.optional(),
  'line-octets': count.optional(),
  'connections-of-login': count.optional(),
  'connections-of-address': count.optional(),
  'down-a-day': size.optional(),
  'up-a-day': size.optional(),
  'no-mail-names': names.optional(),
  'no-mail-attributes': names.optional(),
  flow: z.enum(['pipelined', 'one at a time']).optional(),
  introduces: z.enum(['where offered', 'always']).optional(),
  'id-fields': z.record(z.string(), z.string()).optional(),
});

/** The keys of a file, and the values that they put in place of those of the profile. */
export const FILE_KEYS = {
  'message-bytes': 'messageBytes',
  'line-octets': 'lineOctets',
  'connections-of-login': 'connectionsOfLogin',
  'connections-of-address': 'connectionsOfAddress',
  'down-a-day': 'downADay',
  'up-a-day': 'upADay',
  'no-mail-names': 'noMailNames',
  'no-mail-attributes': 'noMailAttributes',
  flow: 'flow',
  introduces: 'introduces',
  'id-fields': 'idFields',
} as const satisfies Readonly<Record<string, keyof ProfileOverrides>>;

/**
 * Reads `--source-profile` or its twin: the name of a profile, or a file (TOML or JSON) that puts single values in place
 * of those of a profile.
 *
 * @param option  for messages: `--source-profile`
 * @throws BadInput  naming the file and the key
 */
export async function readProfileChoice(
  given: string,
  option: string,
  cwd: string,
): Promise<EndpointLimits['profile']> {
  if (profileNamed(given) !== null) return { name: given, overrides: {} };
  const path = resolve(cwd, given);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(
      error.code === 'ENOENT'
        ? `${option}: ${given} is neither a profile (\`nightferry profile\` lists them) nor a file`
        : `${option} ${given}: cannot be read (${error.code ?? 'unknown error'})`,
    );
  });
  if (text.length > LONGEST) throw new BadInput(`${option} ${given}: is too large`);
  const where = `${option} ${given}`;
  return readProfileValues(path.endsWith('.toml') ? await tomlOf(text, where) : jsonOf(text, where), where);
}

/** @throws BadInput */
function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInput(
      `${where}: is not JSON, like {"profile": "gmail", "down-a-day": "1500M"}; a file of TOML is named .toml`,
    );
  }
}

/** @throws BadInput  naming the line */
async function tomlOf(text: string, where: string): Promise<unknown> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = 'is not TOML'] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw new BadInput(`${where}, line ${error.line}: ${what}`);
  }
}

/** @throws BadInput  each wrong key in one line */
function readProfileValues(given: unknown, where: string): EndpointLimits['profile'] {
  const read = fileSchema.safeParse(given);
  if (!read.success) throw new BadInput(`${where}: ${read.error.issues.map(issueText).join('; ')}`);
  const { profile = null, ...values } = read.data;
  const overrides = Object.entries(FILE_KEYS).flatMap(([key, name]) => {
    const value = values[key as keyof typeof values];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { name: profile, overrides: Object.fromEntries(overrides) };
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.join(', ')}: no such value; there are ${['profile', ...Object.keys(FILE_KEYS)].join(', ')}`;
  const path = issue.path.join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
