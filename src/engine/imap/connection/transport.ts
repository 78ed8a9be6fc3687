import { isIP, connect as netConnect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { ImapTransport, ImapTransportSocket } from 'imapflow';
import { FINGERPRINT_MISMATCH } from '../../../words/untrusted.js';
import { sanitise } from '../../responses/sanitise.js';
import { takeGreeted } from './greeted-sockets.js';
import { takeWarm } from './warm-sockets.js';

/** Characters of a certificate's subject and issuer that are shown. */
const LONGEST_NAME = 200;

/** Opens a byte stream to a server. The network is passed in, so that tests bring their own. */
export type Connect = (host: string, port: number) => Duplex;

export const connectTcp: Connect = (host, port) => takeWarm(host, port) ?? netConnect({ host, port, noDelay: true });

/** How a server's certificate is trusted. */
export interface Trust {
  /** PEM of the authority that signed it; null for the system's. */
  readonly ca: string | null;
  /** SHA-256 of the certificate itself, upper-case hex without colons. Where it is given, it alone counts. */
  readonly fingerprint: string | null;
}

/** A certificate as a server showed it, its texts sanitised. */
export interface ShownCertificate {
  /** SHA-256, upper-case hex without colons, for the operator to compare and confirm. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** As the certificate writes it, like `Jan  1 00:00:00 2030 GMT`. */
  readonly validTo: string;
}

/** The server is not the one that it should be. Nothing was sent to it. */
export class NotTrusted extends Error {
  override readonly name = 'NotTrusted';
  readonly fingerprint: string;
  constructor(
    readonly code: string,
    readonly certificate: ShownCertificate,
  ) {
    super(`the certificate is not trusted (${code}); its SHA-256 fingerprint is ${certificate.fingerprint}`);
    this.fingerprint = certificate.fingerprint;
  }
}

/**
 * The socket that imapflow gets. It is ours, so that certificates are checked our way and the socket can be taken over
 * after the login.
 */
export class Door implements ImapTransport {
  /** The socket that carries the session now. */
  socket: ImapTransportSocket | null = null;
  /** The certificate of the server; null before TLS, and without it. */
  certificate: ShownCertificate | null = null;
  /**
   * Text that the server sent while the session waited for `after`. A refusal that comes with the end of the connection
   * is over before imapflow has read it.
   */
  saidEarly = '';

  /** @param after the session begins when this resolves; connecting and TLS do not wait for it */
  constructor(
    private readonly open: Connect,
    private readonly trust: Trust,
    private readonly after: Promise<unknown> | null = null,
  ) {}

  connect(options: { host: string; port: number; secure: boolean }, begin: () => void): ImapTransportSocket {
    const onConnect = () => this.#begin(begin);
    const greeted = takeGreeted(options.host, options.port, { secure: options.secure, ...this.trust });
    if (greeted) {
      this.socket = asTransportSocket(greeted);
      setImmediate(onConnect);
      return this.socket;
    }
    const raw = asTransportSocket(this.open(options.host, options.port));
    if (options.secure) return this.#secure(raw, options.host, onConnect);
    this.socket = raw;
    if ('connecting' in raw && raw.connecting) raw.once('connect', onConnect);
    else setImmediate(onConnect);
    return raw;
  }

  #begin(begin: () => void): void {
    if (this.after === null) begin();
    else
      this.after.then(
        () => {
          this.#listen();
          begin();
        },
        (error: unknown) => this.socket?.destroy(error instanceof Error ? error : undefined),
      );
  }

  #listen(): void {
    const said: unknown = this.socket?.read();
    if (!Buffer.isBuffer(said)) return;
    this.saidEarly = said.toString('latin1', 0, 4096);
    this.socket?.unshift(said);
  }

  upgrade(socket: ImapTransportSocket, options: { host: string }, onSecure: () => void): ImapTransportSocket {
    return this.#secure(socket, options.host, onSecure);
  }

  /**
   * Judges the certificate itself, without a thrown error, so that a refusal can name the fingerprint. Nothing of ours
   * is written before the certificate is found good: `onSecure` starts the session.
   */
  #secure(raw: Duplex, host: string, onSecure: () => void): ImapTransportSocket {
    const { ca, fingerprint } = this.trust;
    const socket: TLSSocket = tlsConnect(
      {
        socket: raw,
        host,
        ...(isIP(host) ? {} : { servername: host }),
        secureContext: contextOf(ca),
        rejectUnauthorized: false,
      },
      () => {
        const certificate = shownBy(socket);
        this.certificate = certificate;
        const problem = fingerprint
          ? certificate.fingerprint === fingerprint
            ? null
            : FINGERPRINT_MISMATCH
          : socket.authorized
            ? null
            : reasonOf(socket.authorizationError);
        if (problem) socket.destroy(new NotTrusted(problem, certificate));
        else onSecure();
      },
    );
    raw.on('error', (error) => socket.destroy(error));
    this.socket = socket;
    return socket;
  }
}

/** One for each authority: it holds the certificates that are trusted, and takes as long to make as a login. */
const contexts = new Map<string | null, SecureContext>();

function contextOf(ca: string | null): SecureContext {
  const known = contexts.get(ca);
  if (known) return known;
  const made = createSecureContext({ ...(ca ? { ca } : {}), minVersion: 'TLSv1.2' });
  contexts.set(ca, made);
  return made;
}

function shownBy(socket: TLSSocket): ShownCertificate {
  const certificate = socket.getPeerX509Certificate();
  const line = (text = '') => sanitise(text.replaceAll('\n', ', '), LONGEST_NAME);
  return {
    fingerprint: (certificate?.fingerprint256 ?? '').replaceAll(':', ''),
    subject: line(certificate?.subject),
    issuer: line(certificate?.issuer),
    validTo: line(certificate?.validTo),
  };
}

/** The reason of a TLS error: Node's types say Error, but it gives the code as a string. */
function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return 'CERTIFICATE_NOT_TRUSTED';
}

function asTransportSocket(raw: Duplex): ImapTransportSocket {
  return 'setTimeout' in raw ? (raw as ImapTransportSocket) : Object.assign(raw, { setTimeout: () => raw });
}
