#!/usr/bin/env node
import { endProcess } from './commands/end-process.js';
import { main } from './commands/main.js';
import { realIo } from './commands/real-io.js';

// dist/src/cli.js: package.json stands two folders up.
const io = await realIo(new URL('../../package.json', import.meta.url), new URL(import.meta.url));
endProcess(await main(process.argv.slice(2), io));
