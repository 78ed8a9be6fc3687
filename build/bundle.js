import { build } from 'rolldown';
import { thirdParty } from './third-party.js';

/**
 * The program in a few files: reading three hundred small ones from disk costs 0.2 s at each start,
 * as long as two round trips over the Atlantic (docs/decisions/0006-bundled-program.md).
 */
await build({
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  external: [/^ink$/, /^react$/, /^react\//],
  resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
  output: { dir: 'dist/bin', format: 'esm', chunkFileNames: '[name]-[hash].js' },
  plugins: [thirdParty()],
  logLevel: 'warn',
});
