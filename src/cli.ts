#!/usr/bin/env node
import { main } from './commands/main.js';
import { endProcess } from './commands/process/end-process.js';
import { realIo } from './commands/process/real-io.js';

// dist/src/cli.js: package.json stands two folders up.
const io = await realIo(new URL('../../package.json', import.meta.url), new URL(import.meta.url));
endProcess(await main(process.argv.slice(2), io));
