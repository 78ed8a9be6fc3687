import { folderAsGlob } from '../../engine/copy/map/folder-filter.js';
import { Secret } from '../../engine/imap/session/credentials.js';
import type { OAuthPlace } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type {
  ChosenFolders,
  Done,
  DryRunSeen,
  MoveDraft,
  Started,
  StartServices,
  TypedSide,
} from '../../ui/screens/start/services.js';
import { BadInput } from '../../words/bad-input.js';
import type { Side } from '../../words/side.js';
import { type EndpointCredentials, type Gathered, gatheredOf } from '../input/credentials/credentials-from.js';
import { testSide } from '../input/endpoint/test-side.js';
import { typedTrust } from '../input/endpoint/typed-trust.js';
import type { NoticesGiven } from '../input/notices/notice-options.js';
import { applicationPlace } from '../input/oauth/applications.js';
import { openOAuth } from '../input/oauth/open-oauth.js';
import { readPlanFile } from '../input/plan/plan-file.js';
import { wholePath } from '../input/whole-path.js';
import type { Environment, Io, Launcher, Timing } from '../process/io.js';
import { reachEngine } from '../reach/reach-engine.js';
import { summariseBatches } from './batch-summaries.js';
import { endingWords } from './farewell.js';
import { launchEngine } from './launch-engine.js';
import type { Launched, RunningLaunch } from './launched.js';
import { noticesAgain } from './notices-again.js';
import { prepareMove } from './prepare-move.js';
import { reachEndpoints } from './reach-endpoints.js';
import { type RestartAs, restartFor } from './restart.js';
import { signInServices } from './sign-in-services.js';

/** Engines that the start screen has started, by batch, until a console takes them over. */
export type StartedEngines = Map<string, RunningLaunch>;

/** The surroundings of the start screen. */
export interface StartSettings {
  readonly workspace: Workspace;
  /** Takes the connection to each engine that is started: a short batch waits for the console that started it. */
  readonly engines: StartedEngines;
  readonly notices: NoticesGiven;
}

/** The screen is taken: there is no line to say anything in. */
const SILENT = { err: { isTerminal: false, width: null, write: async () => undefined } };

/** The services of the start screen, on the batches of a workspace. */
export function startServices(
  { workspace, engines, notices }: StartSettings,
  launcher: Launcher,
  io: Io,
): StartServices {
  const state = { state: workspace.root };
  const again = (name: string, as: RestartAs) =>
    told<Started>(async () => {
      const launched = await restartFor(await workspace.open(name), { ...state, notices }, launcher, io, as)();
      return started(name, launched, engines);
    });
  const prepared = async (draft: MoveDraft) =>
    await prepareMove(urlsOf(draft), { ...state, ...(await flagsOf(draft, io)) }, 'form', io);
  return {
    batches: () => summariseBatches(workspace, io),
    test: (side, typed, signal) => testSide(side, typed, signal, io),
    ...signInServices(io),
    move: (draft) =>
      told<Started>(async () => {
        const { batch, known } = await prepared(draft);
        const [row] = batch.mailboxes;
        const running = known && (await reachEngine(known, io, 'full'));
        if (!running) await (await reachEndpoints(batch, {}, { kind: 'lines' }, io)).reached();
        const store = known ?? (await workspace.create(batch));
        const run = {
          batch,
          workspace,
          credentials: await typedCredentials(draft, row?.id ?? '', io),
          notices: await noticesAgain(notices, known, SILENT),
        };
        // The screen is taken: there is no line to say anything in.
        const launched: Launched = running
          ? { kind: 'running', client: running, exitCode: null }
          : await launchEngine(run, store, async () => undefined, launcher, io);
        return started(batch.name, launched, engines);
      }),
    readsPlan: (path) => told<Done>(() => readsPlan(path, io)),
    dryRun: (draft) =>
      told<DryRunSeen>(async () => {
        const { batch, known } = await prepared(draft);
        const credentials = await typedCredentials(draft, batch.mailboxes[0]?.id ?? '', io);
        const { dryRun } = await import('./dry-run.js');
        const lines: string[] = [];
        const out = { isTerminal: false, width: null, write: async (text: string) => void lines.push(text.trimEnd()) };
        // Ctrl-C is a key of the screen.
        const quiet = { ...io, out, onSignal: () => () => undefined };
        await dryRun({ batch, credentials, store: known, format: 'plain' }, quiet);
        return { ok: true, lines: lines.flatMap((text) => text.split('\n')) };
      }),
    open: (name) => again(name, 'at rest'),
    resume: (name) => again(name, 'going on'),
    delete: (name) =>
      told<Done>(async () => {
        await workspace.delete(name);
        return { ok: true };
      }),
  };
}

function started(batch: string, launched: Launched, engines: StartedEngines): Started {
  if (launched.kind === 'ended') return { ok: false, why: `${batch} ${endingWords(launched.exitCode)}` };
  engines.set(batch, launched);
  return { ok: true, batch };
}

const urlsOf = ({ source, destination }: MoveDraft) => ({
  source: source.url.trim(),
  destination: destination.url.trim(),
});

/** The draft as commander would hand it over. */
const flagsOf = async (draft: MoveDraft, io: Environment) => ({
  ...trustOf(draft, io),
  ...scopeOf(draft),
  ...(await applicationsIn(draft, io)),
});

/** The scope as commander would hand it over. @throws nothing; what is wrong with it is said where the options are read */
function scopeOf({ scope }: MoveDraft): { include: string[]; exclude: string[]; since?: string } {
  const globs = (text: string) => text.split(',').flatMap((glob) => (glob.trim() === '' ? [] : [glob.trim()]));
  const since = scope.since.trim();
  const { chosen } = scope;
  const exact = (kind: ChosenFolders['kind']) => (chosen?.kind === kind ? chosen.paths.map(folderAsGlob) : null);
  return {
    include: exact('only') ?? globs(scope.only),
    exclude: exact('without') ?? globs(scope.without),
    ...(since === '' ? {} : { since }),
  };
}

/** As commander would hand it over. */
function trustOf(draft: MoveDraft, io: Environment): Readonly<Record<string, string | undefined>> {
  const [source, destination] = [typedTrust(draft.source.trust, io), typedTrust(draft.destination.trust, io)];
  return {
    sourceCa: source.ca,
    sourceFingerprint: source.fingerprint,
    destinationCa: destination.ca,
    destinationFingerprint: destination.fingerprint,
  };
}

/** The form's passwords go to the engine through its pipe, and nowhere else; so do tokens, which the engine gets by itself. */
async function typedCredentials(
  draft: MoveDraft,
  row: string,
  io: Pick<Environment, 'cwd' | 'home' | 'env'>,
): Promise<Gathered> {
  const side = async (of: Side): Promise<EndpointCredentials> => {
    const { password, application } = draft[of];
    if (application !== '')
      return {
        own: new Map(),
        fallback: (await openOAuth(await applicationPlace(application, io), of, io.env)).source,
        rows: 1,
      };
    return { own: new Map([[row, new Secret(password)]]), fallback: { kind: 'none-needed' }, rows: 1 };
  };
  return gatheredOf({ source: await side('source'), destination: await side('destination') });
}

/** As commander would hand them over. */
async function applicationsIn(
  draft: MoveDraft,
  io: Pick<Environment, 'cwd' | 'home' | 'env'>,
): Promise<{ sourceOauth?: OAuthPlace; destinationOauth?: OAuthPlace }> {
  const place = async ({ application }: TypedSide) =>
    application === '' ? null : await applicationPlace(application, io);
  const [source, destination] = [await place(draft.source), await place(draft.destination)];
  return { ...(source && { sourceOauth: source }), ...(destination && { destinationOauth: destination }) };
}

/** Shows wrong input of the operator in the screen. */
async function told<T extends Started | Done | DryRunSeen>(
  act: () => Promise<T>,
): Promise<T | { ok: false; why: string }> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, why: error.message };
    throw error;
  }
}

async function readsPlan(path: string, io: Environment & Timing): Promise<Done> {
  await readPlanFile(wholePath(path, io), io);
  return { ok: true };
}
