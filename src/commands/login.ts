import { Command } from 'commander';
import { sanitise } from '../engine/responses/sanitise.js';
import { copySequence } from '../ui/terminal/osc52.js';
import { asLink } from '../ui/text/osc8.js';
import { addConfigOption, type ConfigFlag } from './input/config/config-option.js';
import { mustFind } from './input/config/find-config.js';
import { mustRead } from './input/config/read-config.js';
import type { Person } from './input/oauth/sign-in/person.js';
import { signIn } from './input/oauth/sign-in/sign-in.js';
import { type MakeCommand, withExamples } from './process/command-parts.js';
import type { Environment, Io, Stdin, Stdout } from './process/io.js';

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('login')
    .summary('sign in once, so that batches get access tokens')
    .description(
      'Signs a person in at the provider and keeps the refresh token in the file that [oauth.NAME] of nightferry.toml names, and nowhere else. Batches then get and renew access tokens by it. For flow = "device" and flow = "code"; the others need nobody.',
    )
    .argument('<name>', 'the application: NAME of [oauth.NAME]');
  withExamples(addConfigOption(command), 'nightferry login ann');
  return command.action(async (name: string, flags: ConfigFlag) => done(await login(name, flags, io)));
};

/** @returns the exit code: 0 signed in, 2 not */
async function login(name: string, { config }: ConfigFlag, io: Io): Promise<number> {
  const kept = await signIn(await mustRead(await mustFind(config, io)), name, personAt(io), io);
  await io.out.write(`Signed in: ${kept} holds the refresh token.\n`);
  return 0;
}

/** The person at this terminal. */
function personAt(io: Stdout & Stdin & Environment): Person {
  const say = (line: string) => io.out.write(`${line}\n`);
  const shown = (url: string) => (io.out.isTerminal ? asLink(url, url) : url);
  return {
    told: say,
    pasted: () => io.stdinLines(),
    asked: async (page, code) => {
      if (code === null) {
        await say(`Open this page in a browser and sign in:\n\n  ${shown(page)}\n`);
        await say(
          'If the browser is on another machine, it ends at an address that it cannot open. Copy that address and paste it here.',
        );
        return;
      }
      const harmless = sanitise(code, 80);
      await say(`Open this page in a browser, on any machine:\n\n  ${shown(page)}\n`);
      const copied = io.out.isTerminal ? copySequence(harmless) : null;
      await say(
        `and type this code${copied === null ? '' : ' (it is copied where the terminal can)'}:\n\n  ${harmless}\n`,
      );
      if (copied !== null) await io.out.write(copied);
    },
  };
}
