import { describe, expect, it } from 'vitest';
import { UpstreamError } from './types';
import { refusalOfUpstream } from './upstream-refusal';

const status = (code: number, providerCode: string | null = null) =>
  new UpstreamError('status', 'it said no', { status: code, providerCode });

describe('a failed attempt', () => {
  it.each([
    [status(400), 400, 'invalid_request'],
    [status(422), 400, 'invalid_request'],
    [status(401), 502, 'upstream_unauthorized'],
    [status(402), 502, 'upstream_unauthorized'],
    [status(403), 502, 'upstream_unauthorized'],
    [status(404), 404, 'model_not_found'],
    [status(408), 504, 'upstream_timeout'],
    [status(409), 502, 'upstream_error'],
    [status(413), 413, 'request_too_large'],
    [status(429), 429, 'rate_limit_exceeded'],
    [status(429, 'insufficient_quota'), 502, 'upstream_unauthorized'],
    [status(500), 502, 'upstream_error'],
    [status(503), 502, 'upstream_error'],
    [status(504), 504, 'upstream_timeout'],
    [status(529, 'overloaded_error'), 502, 'upstream_error'],
    [new UpstreamError('connect', 'refused'), 502, 'upstream_error'],
    [new UpstreamError('reset', 'lost'), 502, 'upstream_error'],
    [new UpstreamError('invalid', 'garbage'), 502, 'upstream_error'],
    [new UpstreamError('timeout', 'slow'), 504, 'upstream_timeout'],
    [new UpstreamError('aborted', 'gone'), 499, 'client_closed_request'],
  ])('%s becomes %i %s', (error, expectedStatus, code) => {
    expect(refusalOfUpstream(error, 'openai')).toMatchObject({ status: expectedStatus, code });
  });

  it('names the provider, its code and the field at fault', () => {
    const error = new UpstreamError('status', 'The context is too long.', {
      status: 400,
      providerCode: 'context_length_exceeded',
      param: 'messages',
    });
    const refusal = refusalOfUpstream(error, 'openai');
    expect(refusal.param).toBe('messages');
    expect(refusal.message).toBe(
      'The provider "openai" refused the request: The context is too long. (400, context_length_exceeded)',
    );
  });

  it('passes on when to come back, and tells clients not to repeat what waiting does not mend', () => {
    const limited = new UpstreamError('status', 'slow down', { status: 429, retryAfterMs: 1500 });
    expect(refusalOfUpstream(limited, null).retryAfterSeconds).toBe(1.5);
    expect(refusalOfUpstream(limited, null).headers).toEqual({});
    expect(refusalOfUpstream(status(401), null).headers).toEqual({ 'x-should-retry': 'false' });
  });
});
