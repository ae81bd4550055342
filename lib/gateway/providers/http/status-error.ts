import { UpstreamError } from '@/lib/gateway/types';
import { header, retryAfterMs, type Headers } from './retry-after';
import { scrub } from './scrub';

/** What a provider's error body says, whatever its dialect. */
export type ProviderFault = {
  message: string | null;
  code: string | null;
  param: string | null;
  retryAfterMs: number | null;
};

type Json = Record<string, unknown>;

/**
 * Reads the error dialects in use: OpenAI's and Azure's `{error: {message, type, code, param}}`,
 * Anthropic's `{type: "error", error: {type, message}}`, Google's `{error: {code, message, status,
 * details}}` (alone or in an array), Mistral's and Cohere's `{message, type}`, FastAPI's `{detail}`,
 * and `{error: "text"}`. Null when the body is no error at all.
 */
export function readFault(body: unknown): ProviderFault | null {
  const root = asJson(Array.isArray(body) ? body[0] : body);
  if (root === null) return null;
  if (typeof root.error === 'string') return fault({ message: root.error, code: root.code });
  const inner = asJson(root.error);
  if (inner !== null) return fault(inner);
  // Mistral's message may itself be an object of details.
  if (root.message !== undefined && (root.object === 'error' || text(root.message)))
    return fault(root);
  if (typeof root.Message === 'string') return fault({ message: root.Message });
  if (root.detail !== undefined) return fault({ message: detailText(root.detail) });
  return null;
}

function fault(error: Json): ProviderFault {
  return {
    message: text(error.message) ?? detailText(error.message),
    code: codeOf(error),
    param: text(error.param),
    retryAfterMs: googleRetryDelay(error.details),
  };
}

/** The most telling name: a symbolic code, Google's status, the type, and a bare number last. */
function codeOf(error: Json): string | null {
  const code = text(error.code);
  if (code !== null && !/^\d+$/.test(code)) return code;
  const numeric = code ?? (typeof error.code === 'number' ? String(error.code) : null);
  return text(error.status) ?? text(error.type) ?? numeric;
}

function detailText(detail: unknown): string | null {
  if (detail === undefined || detail === null) return null;
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}

/** `google.rpc.RetryInfo` carries the wait in the body: `{"retryDelay": "17s"}`. */
function googleRetryDelay(details: unknown): number | null {
  if (!Array.isArray(details)) return null;
  for (const each of details) {
    const delay = /^(\d+(?:\.\d+)?)s$/.exec(text(asJson(each)?.retryDelay) ?? '')?.[1];
    if (delay !== undefined) return Math.round(Number(delay) * 1000);
  }
  return null;
}

function asJson(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An HTTP error status as UpstreamError; `body` may be anything, `secrets` never show. */
export function statusError(
  status: number,
  headers: Headers,
  body: string,
  secrets: readonly string[],
): UpstreamError {
  const found = readFault(parseOrNull(body));
  const amazon = header(headers, 'x-amzn-errortype')?.split(':')[0] ?? null;
  const message = found?.message ?? `the provider answered with status ${status}`;
  return new UpstreamError('status', scrub(message, secrets), {
    status,
    providerCode: safeCode(found?.code ?? amazon, secrets),
    retryAfterMs: retryAfterMs(headers) ?? found?.retryAfterMs ?? null,
    param: found?.param ? scrub(found.param, secrets) : null,
  });
}

/**
 * An error that came with status 200, or inside a stream. One that names the status it stands for is
 * treated as if it had come with it, so that retries, breakers and callers see the same fault either way.
 */
export function errorInDisguise(found: ProviderFault, secrets: readonly string[]): UpstreamError {
  const message = found.message ?? 'the provider answered with an error';
  const status = statusNamedBy(found.code);
  return new UpstreamError(status === null ? 'invalid' : 'status', scrub(message, secrets), {
    status,
    providerCode: safeCode(found.code, secrets),
    retryAfterMs: found.retryAfterMs,
  });
}

const STATUS_OF_CODE: readonly [RegExp, number][] = [
  [/content_?(filter|policy)|^(safety|prohibited_content|blocklist|image_safety|spii)$/i, 400],
  [/^(context_length_exceeded|invalid_request(_error)?|invalid_argument)$/i, 400],
  [/^(rate_limit(_exceeded|_error)?|too_many_requests|resource_exhausted)$/i, 429],
];

function statusNamedBy(code: string | null): number | null {
  if (code === null) return null;
  const numeric = /^[45]\d\d$/.test(code) ? Number(code) : null;
  return numeric ?? STATUS_OF_CODE.find(([names]) => names.test(code))?.[1] ?? null;
}

function safeCode(code: string | null, secrets: readonly string[]): string | null {
  return code === null ? null : scrub(code, secrets).slice(0, 100);
}

/** A body that is not JSON (an HTML page of a proxy) tells nothing beyond its status. */
export function parseOrNull(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
