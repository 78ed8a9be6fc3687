import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../demo/server', import.meta.url));

it('shares only the clock with the product, so that no mistake can hide in both', () => {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const imported = files.flatMap((name) =>
    [...readFileSync(join(ROOT, name), 'utf8').matchAll(/from '([^']+)'/g)].map((found) => found[1]!),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(
    new Set(imported.filter((path) => path.includes('/src/')).map((path) => path.replace(/^(\.\.\/)+/, ''))),
  ).toEqual(new Set(['src/words/clock.js']));
  expect(imported.filter((path) => !path.startsWith('.') && !path.startsWith('node:'))).toEqual([]);
});
