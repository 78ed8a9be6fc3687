import { stringify } from 'smol-toml';
import type { Profile } from '../../engine/profiles/profile.js';
import { KEYS, MEANS } from './profile-text.js';

/** A profile as a file that puts its values in place of themselves: for whoever knows better, each with its source and date. */
export function profileToml({ name, title, figures }: Profile): readonly string[] {
  const values = KEYS.flatMap(([key, of]) => {
    const figure = figures[of];
    if (figure === undefined) return [];
    const { value, source, date } = figure;
    return ['', `# ${MEANS[of]} (${source}, ${date})`, stringify({ [key]: value ?? 'none' }).trimEnd()];
  });
  return [
    `# ${name}: ${title}`,
    '# Change what is another with your server, and take out what is not: --source-profile or --destination-profile',
    '# takes this file, and so does `profile` in nightferry.toml.',
    `profile = "${name}"`,
    ...values,
  ];
}
