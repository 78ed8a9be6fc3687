import type { ConsoleServices } from './services.js';

/** The services that a console needs when its engine is gone. */
export type EngineServices = Pick<ConsoleServices, 'afterTheEnd' | 'rejoin' | 'restart'>;

export const ENGINE_ALONE: EngineServices = {
  afterTheEnd: async () => ({ ok: false, why: 'the batch has ended' }),
  rejoin: async () => null,
  restart: async () => ({ ok: false, why: 'nobody can start it here' }),
};
