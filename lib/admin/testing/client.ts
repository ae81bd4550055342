import { serveApp } from './app-routes';

export type Answer = {
  status: number;
  headers: Headers;
  /** Parsed JSON, or null where there is no body. */
  body: unknown;
};
export type CallOptions = {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: BodyInit;
  headers?: Record<string, string>;
};

/** A client of the admin API that acts as one person or token. */
export type ApiClient = {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body?: unknown): Promise<Answer>;
  del(path: string): Promise<Answer>;
};

const ORIGIN = 'http://localhost:3000';

/** Calls the route handlers with real Request objects. @param auth headers that identify the caller */
export function apiClient(auth: Record<string, string>): ApiClient {
  const call: ApiClient['call'] = async (method, path, { body, raw, headers } = {}) => {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const request = new Request(`${ORIGIN}${path}`, {
      method,
      headers: {
        host: 'localhost:3000',
        'user-agent': 'vitest',
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...auth,
        ...headers,
      },
      body: content,
      ...(content instanceof ReadableStream ? { duplex: 'half' } : {}),
    });
    const response = await serveApp(request);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : isJson ? (JSON.parse(text) as unknown) : text,
    };
  };
  return {
    call,
    get: (path) => call('GET', path),
    post: (path, body, headers) => call('POST', path, { body: body ?? {}, headers }),
    put: (path, body, headers) => call('PUT', path, { body, headers }),
    patch: (path, body) => call('PATCH', path, { body }),
    del: (path) => call('DELETE', path),
  };
}

export const bearer = (token: string): ApiClient => apiClient({ authorization: `Bearer ${token}` });
