import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { api, ApiError, parseVersion, toApiError, withQuery } from './api';

describe('withQuery', () => {
  it('leaves out parameters without a value and escapes the others', () => {
    expect(withQuery('/a', { limit: 5, cursor: null, q: 'x&y', empty: '' })).toBe(
      '/a?limit=5&q=x%26y',
    );
    expect(withQuery('/a', { cursor: undefined })).toBe('/a');
  });
});

describe('toApiError', () => {
  it('carries code, message, issues with dotted paths, and the current version of a 412', () => {
    const error = toApiError(
      412,
      {
        error: {
          code: 'version_conflict',
          message: 'Somebody saved version 4 meanwhile.',
          issues: [{ path: ['budgetPolicy', 'alertEmails', 0], message: 'Write an address.' }],
          currentVersion: 4,
        },
      },
      new Headers(),
    );
    expect(error).toMatchObject({ status: 412, code: 'version_conflict', currentVersion: 4 });
    expect(error.issueAt('budgetPolicy.alertEmails.0')).toBe('Write an address.');
  });

  it('makes do with a body that is no error object', () => {
    expect(toApiError(502, '<html>', new Headers())).toMatchObject({
      status: 502,
      code: 'http_502',
      issues: [],
    });
  });
});

describe('parseVersion', () => {
  it('reads strong and weak ETags and refuses what is no version', () => {
    expect(parseVersion('"7"')).toBe(7);
    expect(parseVersion('W/"12"')).toBe(12);
    expect(parseVersion('"abc"')).toBeUndefined();
    expect(parseVersion(null)).toBeUndefined();
  });
});

describe('api over HTTP', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function serve(status: number, body: string): Promise<string> {
    server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', etag: '"3"' });
      response.end(body);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  }

  it('answers parsed data and headers', async () => {
    const answer = await api.raw<{ a: number }>('GET', await serve(200, '{"a":1}'));
    expect(answer.data).toEqual({ a: 1 });
    expect(answer.headers.get('etag')).toBe('"3"');
  });

  it('throws ApiError with the fault of each field on 422', async () => {
    const body = JSON.stringify({
      error: {
        code: 'validation_failed',
        message: 'Not valid.',
        issues: [{ path: 'name', message: 'Is taken.' }],
      },
    });
    const failure = await api.post(await serve(422, body), {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).issueAt('name')).toBe('Is taken.');
  });

  it('resolves a DELETE that answers 204 without a body', async () => {
    await expect(api.del(await serve(204, ''))).resolves.toBeUndefined();
  });

  it('throws network_error when nobody listens', async () => {
    await expect(api.get('http://127.0.0.1:9/')).rejects.toMatchObject({
      status: 0,
      code: 'network_error',
    });
  });
});
