import type { Duplex } from 'node:stream';
import type { Endpoint } from '../../store/batch/batch.js';
import type { Clock } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import { keepGreeted } from '../imap/connection/greeted-sockets.js';
import { type Connect, Door, NotTrusted, type ShownCertificate, type Trust } from '../imap/connection/transport.js';
import { classifyError } from '../responses/classify-error.js';
import { sanitise } from '../responses/sanitise.js';

/** Milliseconds after which nobody waits for an answer any more. */
export const PROBE_PATIENCE = 10_000;
/** Characters of a line that are looked at. */
const LONGEST_LINE = 8_192;
/** Lines before the answer to STARTTLS that are read over. */
const MOST_LINES = 20;
/** Milliseconds that a server has to end the connection after LOGOUT. */
const FAREWELL = 2_000;

/** Reasons why no session can begin at an endpoint, whoever logs in. */
export type OutOfReach =
  | 'refused'
  | 'unknown host'
  | 'no route'
  | 'no answer'
  | 'no TLS'
  | 'old TLS'
  | 'no STARTTLS'
  | 'not IMAP';

/** The answer of an endpoint to one connection without a login. */
export type Probed =
  /**
   * It speaks IMAP; or the connection dropped, which whoever logs in tries again and reads better. `certificate` is
   * absent where none was shown.
   */
  | { readonly kind: 'answers'; readonly certificate?: ShownCertificate }
  /** Its greeting is BYE: it speaks IMAP, and takes nobody at the moment. `line`: its words, sanitised. */
  | { readonly kind: 'turned away'; readonly line: string }
  | { readonly kind: 'out of reach'; readonly why: OutOfReach }
  /** `code`: of the check that the certificate did not pass. */
  | { readonly kind: 'untrusted'; readonly code: string; readonly certificate: ShownCertificate };

export interface ProbeWorld {
  readonly connect: Connect;
  readonly clock: Clock;
  readonly trust: Trust;
  /** `keep`: the first session of this process to the same place goes on with the connection. `leave`: it is ended. */
  readonly then: 'keep' | 'leave';
}

const ANSWERS: Probed = { kind: 'answers' };
const outOfReach = (why: OutOfReach): Probed => ({ kind: 'out of reach', why });

/**
 * Connects once, agrees on TLS, reads the greeting, and leaves (LOGOUT) or keeps the connection. No user and no password is sent. It takes at
 * most {@link PROBE_PATIENCE} milliseconds and never rejects.
 */
export async function probeEndpoint(side: Side, endpoint: Endpoint, world: ProbeWorld): Promise<Probed> {
  const door = new Door(world.connect, world.trust);
  const over = new AbortController();
  const tooLate = world.clock.sleep(PROBE_PATIENCE, over.signal).then(() => outOfReach('no answer'));
  const greeted = greet(door, endpoint).catch((error: unknown) => reasonIn(error, endpoint, side));
  const found = await Promise.race([greeted, tooLate]);
  over.abort();
  if (found.kind !== 'answers') door.socket?.destroy();
  else if ('greeting' in found && world.then === 'keep') keep(door, endpoint, found.greeting, world);
  else leave(door.socket, world.clock);
  if (found.kind !== 'answers') return found;
  return door.certificate === null ? ANSWERS : { kind: 'answers', certificate: door.certificate };
}

/** With its greeting unread again. */
function keep(
  { socket }: Door,
  { host, port, security }: Endpoint,
  greeting: string,
  { trust, clock }: ProbeWorld,
): void {
  if (socket === null || socket.destroyed) return;
  socket.unshift(Buffer.from(`${greeting}\r\n`, 'latin1'));
  keepGreeted(host, port, { secure: security === 'tls', ...trust }, socket, () => leave(socket, clock));
}

/** `greeting`: the session may begin at once, as if nobody had been there before. */
type Greeted = Probed | { readonly kind: 'answers'; readonly greeting: string };

async function greet(door: Door, endpoint: Endpoint): Promise<Greeted> {
  const { host, port, security } = endpoint;
  await secured((onSecure) => door.connect({ host, port, secure: security === 'tls' }, onSecure));
  const greeting = await readLine(door);
  if (!greeting.startsWith('* ')) return outOfReach('not IMAP');
  if (/^\* BYE\b/i.test(greeting)) return { kind: 'turned away', line: sanitise(greeting) };
  if (security !== 'starttls') return { kind: 'answers', greeting };
  const plain = door.socket;
  if (plain === null) return ANSWERS;
  plain.write('p1 STARTTLS\r\n');
  // RFC 3501 section 6.2.1: TLS begins right after the tagged OK.
  let answer = '';
  for (let read = 0; read < MOST_LINES && !answer.startsWith('p1 '); read++) answer = await readLine(door);
  if (!/^p1 OK\b/i.test(answer)) return outOfReach('no STARTTLS');
  await secured((onSecure) => door.upgrade(plain, { host }, onSecure));
  return ANSWERS;
}

function secured(begin: (onSecure: () => void) => Duplex): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = begin(resolve);
    socket.on('error', reject);
    socket.once('close', () => reject(dropped()));
  });
}

function readLine({ socket }: Door): Promise<string> {
  return new Promise((resolve, reject) => {
    if (socket === null || socket.destroyed) return reject(dropped());
    let text = '';
    const settle = (how: () => void) => {
      socket.off('readable', take).off('end', ended).off('close', ended).off('error', reject);
      how();
    };
    const ended = () => settle(() => reject(dropped()));
    const take = () => {
      for (let chunk: unknown = socket.read(); chunk !== null; chunk = socket.read()) {
        text += Buffer.isBuffer(chunk) ? chunk.toString('latin1') : '';
        const end = text.indexOf('\n');
        if (end < 0 && text.length < LONGEST_LINE) continue;
        const rest = end < 0 ? '' : text.slice(end + 1);
        return settle(() => {
          if (rest !== '') socket.unshift(Buffer.from(rest, 'latin1'));
          resolve(text.slice(0, end < 0 ? LONGEST_LINE : end).trimEnd());
        });
      }
    };
    socket.on('readable', take).on('end', ended).on('close', ended).on('error', reject);
    take();
  });
}

const dropped = (): Error => Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });

/** The socket stays until the server has ended it, or a moment longer. */
function leave(socket: Duplex | null, clock: Clock): void {
  if (socket === null || socket.destroyed) return;
  socket.resume();
  socket.end('p2 LOGOUT\r\n');
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  void clock.sleep(FAREWELL, gone.signal).then(() => socket.destroy());
}

const NO_TLS: ReadonlySet<string> = new Set(['tls-wrong-protocol', 'tls-refused']);

function reasonIn(error: unknown, { security }: Endpoint, side: Side): Probed {
  if (error instanceof NotTrusted) return { kind: 'untrusted', code: error.code, certificate: error.certificate };
  const { rule } = classifyError({ error, command: 'connect', side });
  const why = whyOutOfReach(rule, error, security);
  return why === null ? ANSWERS : outOfReach(why);
}

/**
 * Why no session can begin there.
 *
 * @param rule   the rule that decided about the error
 * @returns null: it is another fault
 */
export function whyOutOfReach(rule: string, error: unknown, security: Endpoint['security']): OutOfReach | null {
  if (rule === 'host-unknown') return 'unknown host';
  if (rule === 'tls-too-old') return 'old TLS';
  if (NO_TLS.has(rule)) return security === 'tls' ? 'no TLS' : 'no STARTTLS';
  return rule === 'unreachable' ? unreachableBy(codesOf(error)) : null;
}

function unreachableBy(codes: readonly string[]): OutOfReach {
  if (codes.includes('ECONNREFUSED')) return 'refused';
  if (codes.some((code) => code.startsWith('EAI_'))) return 'unknown host';
  return codes.includes('ETIMEDOUT') ? 'no answer' : 'no route';
}

/** Of the error, and of those below it: a host with several addresses is tried at each. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...own, ...codesOf(error.cause), ...(error instanceof AggregateError ? error.errors.flatMap(codesOf) : [])];
}
