import { expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../../src/commands/input/config/config-schema.js';
import { makeCommand as makeMove } from '../../../src/commands/move.js';
import { makeCommand as makeRun } from '../../../src/commands/run.js';
import { AnOperator } from '../an-operator.js';

/** Options of a run that are about that run alone. */
const OF_ONE_RUN = [
  ...['config', 'no-config', 'name', 'wave', 'replace', 'dry-run', 'state', 'help', 'utc', 'no-notify'],
  ...['plain', 'json', 'ascii', 'bell', 'no-mouse', 'theme'],
  // A URL is a secret: webhook-file and its like say where it is.
  'notify-url',
];

it('every other option of run and move has a key', async () => {
  const operator = await AnOperator.atWork();
  const keys = new Set(
    Object.entries(configSchema.shape).flatMap(([table, schema]) => {
      const inner: z.core.$ZodType = schema.unwrap();
      if (!(inner instanceof z.ZodObject)) return [];
      const head = table === 'batch' ? '' : `${table}-`;
      return Object.keys(inner.shape).map((key) => (key === 'url' ? table : `${head}${key}`));
    }),
  );
  const missing = [makeRun, makeMove].flatMap((make) =>
    make(operator.io(), () => undefined)
      .options.map(({ long }) => long?.slice(2) ?? '')
      .filter((name) => !OF_ONE_RUN.includes(name) && !keys.has(name) && !keys.has(name.replace(/^no-/, ''))),
  );
  await operator.goesHome();
  expect(missing).toEqual([]);
});

/** Editors that know TOML complete and explain keys by it. `npm run pages` writes it. */
it('the schema for editors is that of the reader', async () => {
  const schema = { title: 'nightferry.toml', ...z.toJSONSchema(configSchema, { io: 'input' }) };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../../docs/nightferry.schema.json');
});
