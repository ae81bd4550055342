/** One fault of a request body; `path` is dotted, '' means the whole. */
import { asJsonObject, isJsonObject } from '@/lib/json-object';

export type ApiIssue = { path: string; message: string };

/** The admin API refused or could not be reached (then `status` is 0 and `code` is `network_error`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly issues: readonly ApiIssue[] = [],
    /** On 412: the version that is stored now. */
    readonly currentVersion?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The message for one field, e.g. `issueAt('name')`. */
  issueAt(path: string): string | undefined {
    return this.issues.find((issue) => issue.path === path)?.message;
  }
}

export type RequestOptions = { headers?: Record<string, string>; signal?: AbortSignal };
export type ApiResponse<T> = { data: T; headers: Headers; status: number };

export type Query = Record<string, string | number | boolean | null | undefined>;

/** `path` with its search parameters; those without a value are left out. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

function parseIssues(value: unknown): ApiIssue[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).map((issue) => ({
    path: Array.isArray(issue.path) ? issue.path.join('.') : String(issue.path ?? ''),
    message: String(issue.message ?? 'is not valid'),
  }));
}

/** `"7"` or `W/"7"` → 7; undefined when there is no version in it. */
export function parseVersion(value: unknown): number | undefined {
  const version = Number(
    String(value ?? '')
      .replace(/^W\//, '')
      .replaceAll('"', '') || NaN,
  );
  return Number.isInteger(version) ? version : undefined;
}

/** The ApiError of an answer that is not 2xx, whatever its body turns out to be. */
export function toApiError(status: number, body: unknown, headers: Headers): ApiError {
  const outer = asJsonObject(body);
  const error = asJsonObject(outer.error);
  const details = asJsonObject(error.details);
  const currentVersion = [error.currentVersion, outer.currentVersion, details.currentVersion]
    .concat(headers.get('etag'))
    .map(parseVersion)
    .find((version) => version !== undefined);
  return new ApiError(
    status,
    typeof error.code === 'string' ? error.code : `http_${status}`,
    typeof error.message === 'string' ? error.message : `The server answered ${status}.`,
    parseIssues(error.issues),
    status === 412 ? currentVersion : undefined,
  );
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (!response.ok) return undefined;
    throw new ApiError(
      response.status,
      'invalid_response',
      'The server did not answer with JSON.',
      [],
      undefined,
      { cause },
    );
  }
}

async function send<T>(
  method: string,
  path: string,
  body?: unknown,
  options: RequestOptions = {},
): Promise<ApiResponse<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal,
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(
      0,
      'network_error',
      'The server cannot be reached. Check that Rolegate is running.',
      [],
      undefined,
      { cause },
    );
  }
  const data = await readBody(response);
  if (!response.ok) throw toApiError(response.status, data, response.headers);
  return { data: data as T, headers: response.headers, status: response.status };
}

/**
 * The admin API of the same origin. `T` is the view type the route is declared to answer with;
 * a status outside 2xx throws ApiError. `api.raw` also gives headers (ETag).
 */
export const api = {
  raw: send,
  get: async <T>(path: string, options?: RequestOptions) =>
    (await send<T>('GET', path, undefined, options)).data,
  post: async <T>(path: string, body?: unknown, options?: RequestOptions) =>
    (await send<T>('POST', path, body ?? {}, options)).data,
  put: async <T>(path: string, body: unknown, options?: RequestOptions) =>
    (await send<T>('PUT', path, body, options)).data,
  patch: async <T>(path: string, body: unknown, options?: RequestOptions) =>
    (await send<T>('PATCH', path, body, options)).data,
  del: async (path: string, options?: RequestOptions): Promise<void> => {
    await send<unknown>('DELETE', path, undefined, options);
  },
};
