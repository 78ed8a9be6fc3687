import { build } from 'rolldown';
import { thirdParty } from './third-party.js';
import { withoutDevtools } from './without-devtools.js';

/**
 * The program in a few files: reading hundreds of small ones from disk costs 0.2 s at each start, as long as two
 * round trips over the Atlantic, and as much again for a console (docs/decisions/0006-bundled-program.md).
 */
await build({
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
  // React brings two builds of itself; the one for developers checks every element that is drawn.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  output: { dir: 'dist/bin', format: 'esm', chunkFileNames: '[name]-[hash].js' },
  plugins: [withoutDevtools(), thirdParty()],
  logLevel: 'warn',
});
