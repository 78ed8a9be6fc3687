import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyError, classifyErrorText } from '../../../src/engine/responses/classify-error.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';

const failed = (error: unknown) => classifyError({ error, command: 'connect', side: 'destination' });
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('failures below IMAP', () => {
  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'CONNECT_TIMEOUT',
    'GREETING_TIMEOUT',
    'UPGRADE_TIMEOUT',
    'ClosedAfterConnectTLS',
  ])('%s: the endpoint is unreachable for now', (code) => {
    expect(failed(coded(code))).toMatchObject({ kind: 'transient', scope: 'endpoint', next: 'retry' });
  });

  it.each(['ECONNRESET', 'EPIPE', 'ETIMEOUT', 'NoConnection', 'EConnectionClosed'])(
    '%s: one connection broke',
    (code) => {
      expect(failed(coded(code))).toMatchObject({ kind: 'transient', scope: 'mailbox', next: 'retry' });
    },
  );

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'FINGERPRINT_MISMATCH',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_REVOKED',
  ])('%s: held, for the endpoint is not who it should be', (code) => {
    expect(failed(coded(code))).toMatchObject({ kind: 'auth', scope: 'endpoint', next: 'hold' });
  });

  it('points at the clock where a certificate is outside its time', () => {
    expect(failed(coded('CERT_NOT_YET_VALID')).advice.key).toBe('certificate time');
  });

  it('holds where STARTTLS cannot be had, for nothing is sent in plain text', () => {
    expect(failed(new Error('Server does not support STARTTLS'))).toMatchObject({
      kind: 'auth',
      scope: 'endpoint',
      next: 'hold',
    });
    expect(failed(coded('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'))).toMatchObject({
      kind: 'auth',
      scope: 'endpoint',
    });
  });

  it('holds where the server offers no login: trying again would not change that', () => {
    for (const [code, advice] of [
      ['LOGIN_WANTS_TLS', 'encryption'],
      ['NO_LOGIN_METHOD', 'method'],
    ] as const)
      expect(failed(coded(code))).toMatchObject({
        kind: 'auth',
        scope: 'endpoint',
        next: 'hold',
        advice: { key: advice },
      });
  });

  it.each([
    ['connect ECONNREFUSED 10.0.0.1:993', 'unreachable', 'endpoint'],
    ['getaddrinfo ENOTFOUND mail.old.example', 'host-unknown', 'endpoint'],
    ['Connection timed out after 15000 ms', 'unreachable', 'endpoint'],
    ['read ECONNRESET', 'line-broken', 'mailbox'],
    ['Premature close', 'line-broken', 'mailbox'],
    ['self signed certificate', 'tls-certificate', 'endpoint'],
    [
      'SSL connect attempt failed error:0A000086:SSL routines::certificate verify failed',
      'tls-certificate',
      'endpoint',
    ],
    ['write EPROTO 40:error:0A000102:SSL routines::unsupported protocol', 'tls-too-old', 'endpoint'],
  ])('reads the message where there is no code: %s', (message, rule, scope) => {
    expect(failed(new Error(message))).toMatchObject({ rule, scope });
    expect(classifyErrorText(`Host1 failure: ${message}`, 'source')).toMatchObject({ rule, scope });
  });

  it('holds for TLS that is refused in an unknown way, and tries again where it had been agreed on', () => {
    const odd = coded('ERR_SSL_TLSV1_ALERT_ACCESS_DENIED');
    expect(failed(odd)).toMatchObject({ kind: 'auth', scope: 'endpoint', next: 'hold' });
    expect(classifyError({ error: odd, command: null, side: 'source' })).toMatchObject({
      kind: 'transient',
      scope: 'mailbox',
      next: 'retry',
    });
    expect(classifyErrorText('hello world', 'source')).toBeNull();
  });

  it('looks below what the library says, at what happened', () => {
    const refused = Object.assign(new Error('connection not available', { cause: coded('ECONNREFUSED') }), {
      code: 'NoConnection',
    });
    expect(failed(refused)).toMatchObject({ rule: 'unreachable', scope: 'endpoint' });
    expect(failed(new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]))).toMatchObject({
      scope: 'endpoint',
    });
  });

  it('reads the response line that an error carries', () => {
    const refused = {
      responseStatus: 'NO',
      serverResponseCode: 'AUTHENTICATIONFAILED',
      responseText: 'Invalid credentials',
    };
    expect(classifyError({ error: refused, command: 'LOGIN', side: 'source' })).toMatchObject({
      kind: 'auth',
      code: 'AUTHENTICATIONFAILED',
    });
    const lost = Object.assign(new Error('gone'), { bye: '* BYE Server shutting down' });
    expect(classifyError({ error: lost, command: null, side: 'source' }).kind).toBe('transient');
  });

  it('never throws, whatever was thrown', () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    for (const odd of [trap, circle, null, undefined, 7, 'socket hang up', Symbol('x'), []])
      expect(adviceText(failed(odd).advice, 'x')).not.toBe('');
    fc.assert(fc.property(fc.anything(), (thing) => adviceText(failed(thing).advice, 'x') !== ''));
  });
});
