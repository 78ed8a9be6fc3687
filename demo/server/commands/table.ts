import type { CommandTable } from '../session/command.js';
import { ANY_STATE } from './any-state.js';
import { APPEND } from './append.js';
import { COPY } from './copy.js';
import { CREATE } from './create.js';
import { DELETE_RENAME } from './delete-rename.js';
import { EXPUNGE } from './expunge.js';
import { FETCH } from './fetch.js';
import { LIST } from './list.js';
import { LOGIN } from './login.js';
import { NAMESPACE } from './namespace.js';
import { QUOTA } from './quota.js';
import { SEARCH } from './search.js';
import { SELECT } from './select.js';
import { STATUS } from './status.js';
import { STORE } from './store-flags.js';
import { SUBSCRIPTIONS } from './subscriptions.js';

/** Every command that this server knows. */
export const COMMANDS: CommandTable = {
  ...ANY_STATE,
  ...LOGIN,
  ...NAMESPACE,
  ...LIST,
  ...SUBSCRIPTIONS,
  ...STATUS,
  ...CREATE,
  ...DELETE_RENAME,
  ...QUOTA,
  ...SELECT,
  ...FETCH,
  ...SEARCH,
  ...STORE,
  ...EXPUNGE,
  ...APPEND,
  ...COPY,
};
