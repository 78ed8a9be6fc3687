import { createElement } from 'react';
import type { EngineClient } from '../protocol/client.js';
import { ConsoleModel } from './model/console-model.js';
import { BatchConsoleContext } from './model/context.js';
import type { ConsoleServices } from './model/services.js';
import { type ConsoleParts, runConsole } from './run-console.js';
import { batchScreens } from './screens/batch-screens.js';
import { checkScreens } from './screens/check/check-screens.js';
import { CheckContext } from './screens/check/context.js';
import type { CheckServices } from './screens/check/services.js';
import { withinStart } from './screens/start/SmallStart.js';
import type { StartChoice, StartServices } from './screens/start/services.js';
import { startScreens } from './screens/start/start-screens.js';
import { signsOf } from './select/signs.js';
import { glyphsFor } from './text/glyphs.js';

/** Where and when a console is drawn. */
export interface ConsoleWorld extends Pick<ConsoleParts, 'io' | 'clock' | 'mode'> {}

export interface BatchParts extends ConsoleWorld {
  readonly client: EngineClient;
  readonly access: ConsoleParts['access'];
  readonly services: ConsoleServices;
  /** Printed when the operator has left the screen: whole lines. */
  readonly farewell: (exitCode: number) => string;
}

/**
 * A console on a batch at work.
 *
 * @returns 0 when the operator left it running; when it has ended, its exit code; 128 and a signal's number;
 *          1 after a bug, which is printed
 */
export async function openBatchConsole(parts: BatchParts): Promise<number> {
  const { client, clock, services } = parts;
  const model = new ConsoleModel(client, clock, services);
  void model.open();
  await model.known;
  const console = { model, services };
  const glyphs = glyphsFor(parts.mode.charset);
  try {
    const left = await runConsole({
      ...parts,
      screens: batchScreens(() => model.view().batch?.name ?? 'nightferry'),
      first: 'night',
      signs: { now: () => signsOf(model.view(), glyphs), onChange: model.subscribe },
      within: (screens) => createElement(BatchConsoleContext.Provider, { value: console }, screens),
    });
    if (left === 0 && parts.access === 'full') await model.looked(services.operator);
    return left;
  } finally {
    model.close();
  }
}

/** A check while it goes on. @returns as {@link openBatchConsole}; 0 where the operator left it */
export function openCheckConsole(parts: ConsoleWorld & { readonly services: CheckServices }): Promise<number> {
  const { services } = parts;
  return runConsole({
    ...parts,
    access: 'full',
    client: nobody(),
    screens: checkScreens(services.view().plan),
    first: 'check',
    within: (screens) => createElement(CheckContext.Provider, { value: services }, screens),
  });
}

/** The start screen: the batches there are, and a form to move one mailbox. */
export async function openStartConsole(
  parts: ConsoleWorld & { readonly services: StartServices; readonly access: ConsoleParts['access'] },
): Promise<StartChoice> {
  const chosen: StartChoice[] = [];
  // Given to the shell's own way out, so that the terminal is put back before anything else begins.
  const choose = (choice: StartChoice, leave: (exitCode: number) => void): void => {
    chosen.push(choice);
    leave(0);
  };
  const left = await runConsole({
    ...parts,
    client: nobody(),
    screens: startScreens(),
    first: 'start',
    within: (screens) => withinStart({ services: parts.services, choose }, screens),
  });
  return chosen[0] ?? { left };
}

/** No engine yet. */
function nobody(): EngineClient {
  return {
    command: async () => ({ ok: false, why: 'no batch is open' }),
    subscribe: () => Promise.reject(new Error('no batch is open')),
    status: () => Promise.reject(new Error('no batch is open')),
    closed: new Promise(() => undefined),
    close: () => undefined,
  };
}
