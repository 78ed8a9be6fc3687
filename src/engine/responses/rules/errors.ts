import type { PlainAdvice } from '../../../words/advice/advice-keys.js';
import { FINGERPRINT_MISMATCH } from '../../../words/untrusted.js';
import type { Kind, Next, Scope } from '../../../words/verdict.js';

export interface ErrorFacts {
  /** `code` of the error; '': it has none. */
  readonly code: string;
  /** Sanitised, at most 300 characters. */
  readonly message: string;
}

export interface ErrorRule {
  readonly name: string;
  readonly codes: readonly string[];
  /** A pattern of plain words, tried where no code fits. */
  readonly words?: RegExp;
  readonly kind: Kind;
  readonly scope: Scope;
  readonly next: Next;
  readonly advice: PlainAdvice;
}

const held = { kind: 'auth', scope: 'endpoint', next: 'hold' } as const;
const unreachable = { kind: 'transient', scope: 'endpoint', next: 'retry' } as const;
/** The connection of one mailbox broke. The endpoint may be well. */
const broken = { kind: 'transient', scope: 'mailbox', next: 'retry', advice: 'passing' } as const;

/** Errors below IMAP, by their code, else by their message. The first rule that fits decides. */
export const ERROR_RULES: readonly ErrorRule[] = [
  {
    name: 'tls-certificate-time',
    codes: [
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CRL_HAS_EXPIRED',
      'CRL_NOT_YET_VALID',
      'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
    ],
    words: /certificate (?:has )?expired|certificate is not yet valid/i,
    ...held,
    advice: 'certificate time',
  },
  {
    name: 'tls-certificate',
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_UNTRUSTED',
      'CERT_REJECTED',
      'CERT_REVOKED',
      'CERT_SIGNATURE_FAILURE',
      'CERT_CHAIN_TOO_LONG',
      'INVALID_CA',
      'INVALID_PURPOSE',
      'PATH_LENGTH_EXCEEDED',
      'HOSTNAME_MISMATCH',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_TLS_CERT_ALTNAME_FORMAT',
      'ERR_FINGERPRINT_MISMATCH',
      FINGERPRINT_MISMATCH,
      'CERTIFICATE_NOT_TRUSTED',
      'UNABLE_TO_GET_CRL',
      'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
      'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
      'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
      'ERR_SSL_CA_MD_TOO_WEAK',
      'ERR_SSL_EE_KEY_TOO_SMALL',
    ],
    words:
      /fingerprint|certificate is not trusted|self[- ]signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate|does not match certificate|certificate (?:revoked|unknown|rejected|verify failed|required)|unknown (?:ca|authority)|certification path|(?:ee key|ca md) too|unrecognized name/i,
    ...held,
    advice: 'certificate',
  },
  { name: 'preauth-unasked', codes: ['PREAUTH_UNASKED'], ...held, advice: 'let in unasked' },
  {
    name: 'tls-too-old',
    codes: [
      'ERR_SSL_UNSUPPORTED_PROTOCOL',
      'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
      'ERR_SSL_DH_KEY_TOO_SMALL',
      'ERR_TLS_DH_PARAM_SIZE',
      'ERR_SSL_NO_CIPHERS_AVAILABLE',
      'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED',
      'ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED',
      'ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY',
    ],
    words:
      /alert protocol version|unsupported protocol|handshake failure|dh key too small|legacy renegotiation|no ciphers|insufficient security|legacy sigalg/i,
    ...held,
    advice: 'old encryption',
  },
  {
    name: 'tls-wrong-protocol',
    codes: [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'ERR_SSL_HTTP_REQUEST',
      'ERR_SSL_PACKET_LENGTH_TOO_LONG',
      'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
      'ERR_TLS_PROTOCOL_VERSION_CONFLICT',
      'ERR_TLS_INVALID_PROTOCOL_VERSION',
      'ERR_SSL_BAD_RECORD_TYPE',
      'ERR_SOCKET_BAD_PORT',
      'InvalidResponse',
    ],
    words: /wrong version number|packet length too long|http request/i,
    ...held,
    advice: 'wrong protocol',
  },
  {
    name: 'starttls-failed',
    codes: ['STARTTLS_INJECTION', 'STARTTLS_FAILED', 'NO_STARTTLS'],
    words: /starttls|upgrade the connection|secure the connection/i,
    ...held,
    advice: 'no starttls',
  },
  { name: 'login-wants-encryption', codes: ['LOGIN_WANTS_TLS'], ...held, advice: 'encryption' },
  { name: 'login-not-offered', codes: ['NO_LOGIN_METHOD'], ...held, advice: 'method' },
  {
    name: 'host-unknown',
    codes: ['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'EBADNAME', 'EAI_NODATA', 'EAI_NONAME', 'EDNS'],
    words: /getaddrinfo|name or service not known|no such host|unknown host/i,
    ...unreachable,
    advice: 'no such host',
  },
  {
    name: 'unreachable',
    codes: [
      'ECONNREFUSED',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'EHOSTDOWN',
      'ENETDOWN',
      'EADDRNOTAVAIL',
      'EAI_AGAIN',
      'EAI_FAIL',
      'ETIMEDOUT',
      'CONNECT_TIMEOUT',
      'GREETING_TIMEOUT',
      'UPGRADE_TIMEOUT',
      'ERR_SOCKET_CONNECTION_TIMEOUT',
      'ClosedAfterConnectTLS',
      'ClosedAfterConnectText',
      'ProxyError',
      'EREFUSED',
      'EACCES',
      'EPERM',
      'EAFNOSUPPORT',
      'ERR_TLS_HANDSHAKE_TIMEOUT',
      'UND_ERR_CONNECT_TIMEOUT',
    ],
    words:
      /connection (?:refused|timed out)|connect timeout|awaiting greeting|in required time|no route to host|(?:network|host) is (?:unreachable|down)|proxy connection/i,
    ...unreachable,
    advice: 'unreachable',
  },
  {
    name: 'line-broken',
    codes: [
      'ECONNRESET',
      'EPIPE',
      'ECONNABORTED',
      'ETIMEOUT',
      'NoConnection',
      'EConnectionClosed',
      'ERR_STREAM_PREMATURE_CLOSE',
      'ERR_STREAM_DESTROYED',
      'ERR_STREAM_WRITE_AFTER_END',
      'ERR_SOCKET_CLOSED',
      'ENOTCONN',
      'ENETRESET',
      'ENOTSOCK',
      'ECANCELED',
      'ESOCKET',
      'ESOCKETTIMEDOUT',
      'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
      'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
      'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
      'ERR_SSL_TLSV1_ALERT_DECODE_ERROR',
      'StateLogout',
    ],
    words:
      /connection (?:not available|closed|lost|reset|aborted)|socket (?:hang up|timeout|closed|disconnected)|unexpected (?:close|end|eof)|premature close|broken pipe|operation (?:was aborted|timed out)|alert internal error|bad record mac|timed? ?out/i,
    ...broken,
  },
  {
    name: 'throttled-by-library',
    codes: ['ETHROTTLE'],
    kind: 'throttled',
    scope: 'mailbox',
    next: 'wait',
    advice: 'throttled',
  },
  {
    name: 'over-append-limit',
    codes: [],
    words: /too big for APPENDLIMIT/i,
    kind: 'message-policy',
    scope: 'message',
    next: 'skip-message',
    advice: 'message size',
  },
  {
    name: 'too-much',
    codes: ['TOO_MUCH'],
    kind: 'server-bug',
    scope: 'mailbox',
    next: 'retry',
    advice: 'too much',
  },
  { name: 'out-of-sockets', codes: ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRINUSE'], ...broken },
  {
    name: 'login-refused',
    codes: ['AUTHENTICATIONFAILED'],
    words: /authentication failed|invalid credentials/i,
    kind: 'auth',
    scope: 'mailbox',
    next: 'hold',
    advice: 'password',
  },
];

const ofTls = { codes: ['EPROTO', 'ETLS'], words: /\b(?:ERR_SSL_|ERR_TLS_)|SSL routines/ } as const;
/** TLS is refused in a way that is not known here. It will be refused again, because the two sides do not agree. */
export const TLS_REFUSED: ErrorRule = { name: 'tls-refused', ...ofTls, ...held, advice: 'wrong protocol' };
/** TLS had been agreed on, so the connection is at fault. */
export const TLS_BROKEN: ErrorRule = { name: 'tls-broken', ...ofTls, ...broken };

/** Nothing is known of the error. It is most likely ours, so it is logged whole and tried again rarely. */
export const REMAINING: ErrorRule = {
  name: 'error',
  codes: [],
  kind: 'client-bug',
  scope: 'mailbox',
  next: 'retry',
  advice: 'our bug',
};
