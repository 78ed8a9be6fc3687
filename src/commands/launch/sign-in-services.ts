import { sanitise } from '../../engine/responses/sanitise.js';
import type { SigningPerson, StartServices } from '../../ui/screens/start/services.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import { applicationsOf, configHere } from '../input/oauth/applications.js';
import type { Person } from '../input/oauth/sign-in/person.js';
import { signIn } from '../input/oauth/sign-in/sign-in.js';
import type { Environment, Timing } from '../process/io.js';

/** Access tokens for the form: applications of the configuration, and the sign-in that `nightferry login` does. */
export function signInServices(
  io: Pick<Environment, 'cwd' | 'home' | 'env'> & Timing,
): Pick<StartServices, 'applications' | 'signIn'> {
  return {
    applications: async () => {
      try {
        const config = await configHere(io);
        return config === null ? [] : await applicationsOf(config);
      } catch (error) {
        // It was edited since the console was opened: what cannot be read offers nothing.
        if (error instanceof BadInput) return [];
        throw error;
      }
    },
    signIn: async (name, person) => {
      try {
        const config = await configHere(io);
        if (config === null) throw new BadInput('there is no configuration any more');
        await signIn(config, name, personAt(person), { ...io, clock: until(person.signal, io.clock) });
        return { ok: true };
      } catch (error) {
        if (error instanceof BadInput) return { ok: false, why: error.message };
        throw error;
      }
    },
  };
}

/** The person at the screen. */
function personAt({ asked, pasted }: SigningPerson): Person {
  return {
    asked: async (page, code) => asked({ page, code: code === null ? null : sanitise(code, 80) }),
    told: async () => undefined,
    pasted: () => pasted,
  };
}

/** A clock that nobody waits by any more once the sign-in is given up. */
function until(signal: AbortSignal, clock: Clock): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: async (ms, own) => {
      await clock.sleep(ms, own ? AbortSignal.any([own, signal]) : signal);
      if (signal.aborted) throw new BadInput('the sign-in was given up');
    },
  };
}
