import { expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../../src/commands/input/config/config-schema.js';

/** Editors that know TOML complete and explain keys by it. `npm run pages` writes it. */
it('the schema for editors is that of the reader', async () => {
  const schema = { title: 'nightferry.toml', ...z.toJSONSchema(configSchema, { io: 'input' }) };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../../docs/nightferry.schema.json');
});
