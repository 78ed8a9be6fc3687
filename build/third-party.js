import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/**
 * Writes `third-party.txt` beside the bundle: name, version and licence text of every package of which code
 * went into it. Their licences ask for it, and the packages themselves are not installed with ours.
 *
 * @returns a rolldown plugin
 */
export function thirdParty() {
  return {
    name: 'third-party',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => PACKAGE.exec(id.replace(/^\0/, ''))?.[1] ?? []));
      const texts = [...folders].map(licenceOf).sort();
      this.emitFile({ type: 'asset', fileName: 'third-party.txt', source: texts.join(`\n${'-'.repeat(80)}\n`) });
    },
  };
}

/** @throws Error  where a package names no licence: then its code must not be bundled */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${name} ${version} names no licence`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version}: ${license}`, ...texts].join('\n\n').concat('\n');
}
