import { Command } from 'commander';
import { ClientSecretPost, None } from 'openid-client';
import { Secret } from '../engine/login/credentials.js';
import { sanitise } from '../engine/responses/sanitise.js';
import type { OAuthPlace } from '../store/batch/batch.js';
import { copySequence } from '../ui/terminal/osc52.js';
import { BadInput } from '../words/bad-input.js';
import { addConfigOption, type ConfigFlag } from './input/config/config-option.js';
import { mustFind } from './input/config/find-config.js';
import { mustRead } from './input/config/read-config.js';
import { runSecretCommand } from './input/credentials/credential-command.js';
import { placeName } from './input/oauth/oauth-place.js';
import { type SecretSource, type SignIn, settingsOfTable } from './input/oauth/oauth-settings.js';
import { writeRefreshToken } from './input/oauth/refresh-token.js';
import { readSecretFile } from './input/oauth/secrets-of.js';
import { signInByCode } from './input/oauth/sign-in/code.js';
import { type Signing, signInByDevice } from './input/oauth/sign-in/device.js';
import type { Person } from './input/oauth/sign-in/person.js';
import { type MakeCommand, withExamples } from './process/command-parts.js';
import type { Environment, Io, Stdin, Stdout, Timing } from './process/io.js';

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
  const file = await mustFind(config, io);
  const { oauth = {} } = (await mustRead(file)).written;
  const written = Object.hasOwn(oauth, name) ? oauth[name] : undefined;
  if (!written)
    throw new BadInput(`${file}: there is no [oauth.${name}]; there are ${Object.keys(oauth).join(', ') || 'none'}`);
  const place = { file, name };
  const settings = settingsOfTable(written, place, 'oauth');
  if (settings.flow !== 'refresh' || settings.signIn === null)
    throw new BadInput(`${placeName(place, 'oauth')}: nobody signs in there: it gets its tokens by itself`);
  const { signIn, refreshTokenFile, secret } = settings;
  const signing: Signing = {
    endpoint: settings.tokenEndpoint,
    begin: signIn.endpoint,
    clientId: settings.clientId,
    scope: settings.scope,
    auth: secret ? ClientSecretPost((await secretFrom(secret, place, io)).reveal()) : None(),
    keep: (token) => writeRefreshToken(refreshTokenFile, token),
  };
  const signedIn = await signInBy(signIn, signing, personAt(io), io);
  if (!signedIn.ok) throw new BadInput(`${signedIn.why}. ${signedIn.mend}`);
  await io.out.write(`Signed in: ${refreshTokenFile} holds the refresh token.\n`);
  return 0;
}

const signInBy = (signIn: SignIn, signing: Signing, person: Person, { clock }: Timing) =>
  signIn.by === 'device'
    ? signInByDevice(signing, person, clock)
    : signInByCode(signing, signIn.parameters, person, clock);

/** @throws BadInput */
async function secretFrom(source: SecretSource, place: OAuthPlace, io: Environment & Timing): Promise<Secret> {
  const fail = (why: string): never => {
    throw new BadInput(`${placeName(place, 'oauth')}: ${why}`);
  };
  switch (source.from) {
    case 'file':
      return await readSecretFile(source.path, 'secret-file');
    case 'command':
      return await runSecretCommand(source.argv, io, (why) => fail(`secret-command ${why}`));
    case 'environment': {
      const value = io.env[source.name];
      return value ? new Secret(value) : fail(`the variable ${source.name} is not set`);
    }
  }
}

/** The person at this terminal. */
function personAt(io: Stdout & Stdin & Environment): Person {
  const say = (line: string) => io.out.write(`${line}\n`);
  const shown = (url: string) => (io.out.isTerminal ? `\u001b]8;;${url}\u0007${url}\u001b]8;;\u0007` : url);
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
