import { join } from 'node:path';
import { CredentialsFrom } from '../input/credentials/credentials-from.js';
import { asTyped } from '../output/as-typed.js';
import { LineSink } from '../output/line-sink.js';
import type { MakePrinter } from '../output/printer.js';
import { onInterrupt } from '../process/interrupts.js';
import type { Io, Signals } from '../process/io.js';
import type { Run } from './run.js';
import { runEngine } from './run-engine.js';

/** How a run is printed, from `--plain` and `--json`. */
async function choosePrinter(format: 'plain' | 'json'): Promise<MakePrinter> {
  return format === 'json'
    ? (await import('../output/json-printer.js')).jsonPrinter
    : (await import('../output/plain-printer.js')).plainPrinter;
}

/**
 * Runs a batch in this process and prints it, line by line. The lock and the socket are gone before it waits
 * for a slow reader of its lines.
 *
 * @returns the exit code
 */
export async function runForeground(run: Run, format: 'plain' | 'json', io: Io): Promise<number> {
  const sink = new LineSink(io.out);
  const { batch, workspace } = run;
  const typed = asTyped({ name: batch.name, dir: join(workspace.root, batch.name) }, io);
  const printer = (await choosePrinter(format))(sink, io.clock.now, typed);
  const credentials = new CredentialsFrom(run.credentials, io);
  const exitCode = await runEngine({ ...run, credentials, show: (event) => printer.show(event) }, io);
  return (await readToTheEnd(sink, io)) ? exitCode : 130;
}

/** A reader may be slow (`| less`) and is waited for; an interrupt ends that, too. */
async function readToTheEnd(sink: LineSink, io: Signals): Promise<boolean> {
  let interrupt: () => void = () => undefined;
  const interrupted = new Promise<false>((resolve) => {
    interrupt = () => resolve(false);
  });
  const stopListening = onInterrupt(io, interrupt);
  const read = await Promise.race([sink.drained().then(() => true), interrupted]);
  stopListening();
  return read;
}
