import 'server-only';
import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors/app-error';
import { readText } from '@/lib/http/body';
import { clientOrigin } from '@/lib/http/client-origin';
import { requestCookies } from '@/lib/http/cookies';
import { answer, type RouteContext } from '@/lib/http/route';
import { requireSameOrigin } from '@/lib/http/same-origin';
import { authOptions, type TooManyAttempts } from './options';

const MAX_FORM_BYTES = 64 * 1024;
const ACTIONS = ['signin', 'signout', 'callback', 'session', 'csrf', 'providers', 'error'];

/**
 * `/api/auth/*`: next-auth behind an ordinary Request → Response function. Its own route handler reads
 * the request through next/headers, which exists only inside of Next; its classic handler takes plain
 * objects, so the same code runs under Next and in a test.
 */
export function handleAuth(request: Request, context: RouteContext): Promise<Response> {
  return answer(request, async () => {
    const { nextauth } = await context.params;
    const path = Array.isArray(nextauth) ? nextauth : [];
    // next-auth's own log endpoint would let anybody write into ours.
    if (!ACTIONS.includes(path[0] ?? ''))
      throw new AppError('not_found', 'There is nothing at this address.');
    // The identity provider's answer may come from its own site; next-auth checks its state.
    const fromProvider = path[0] === 'callback' && path[1] === 'oidc';
    if (!fromProvider) requireSameOrigin(request);
    return runNextAuth(request, path);
  });
}

async function runNextAuth(request: Request, path: string[]): Promise<Response> {
  // next-auth takes its public address from here only.
  process.env.NEXTAUTH_URL = env().NEXTAUTH_URL;
  const throttled: { fault?: TooManyAttempts } = {};
  const options = authOptions(clientOrigin(request), (fault) => (throttled.fault = fault));
  const recorder = new ResponseRecorder();
  const input = {
    method: request.method === 'HEAD' ? 'GET' : request.method,
    headers: Object.fromEntries(request.headers),
    cookies: requestCookies(request),
    query: { ...Object.fromEntries(new URL(request.url).searchParams), nextauth: path },
    body: await formOf(request),
  };
  await NextAuth(
    input as unknown as NextApiRequest,
    recorder as unknown as NextApiResponse,
    options,
  );
  return recorder.response(throttled.fault);
}

/** A form or a flat JSON object, as fields of text; nothing else is of use to next-auth. */
async function formOf(request: Request): Promise<Record<string, string> | undefined> {
  if (request.method !== 'POST') return undefined;
  const text = await readText(request, MAX_FORM_BYTES);
  const type = request.headers.get('content-type') ?? '';
  if (/^application\/x-www-form-urlencoded/i.test(type))
    return Object.fromEntries(new URLSearchParams(text));
  if (!/^application\/json/i.test(type) || text === '') return {};
  return textFields(parsed(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('invalid_json', 'The body is not valid JSON.', { cause });
  }
}

function textFields(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const fields = Object.entries(value).filter(([, field]) =>
    ['string', 'boolean'].includes(typeof field),
  );
  return Object.fromEntries(fields.map(([name, field]) => [name, String(field)]));
}

/** The part of Next's classic response object that next-auth uses, written down as a Response. */
class ResponseRecorder {
  private code = 200;
  private readonly headers = new Map<string, string | string[]>();
  private body: string | null = null;

  status(code: number): this {
    this.code = code;
    return this;
  }
  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase());
  }
  setHeader(name: string, value: string | string[]): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }
  json(value: unknown): void {
    this.setHeader('content-type', 'application/json');
    this.send(value);
  }
  send(value: unknown): void {
    this.body = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  }
  end(): void {
    this.body ??= null;
  }

  response(throttled: TooManyAttempts | undefined): Response {
    const headers = new Headers();
    for (const [name, value] of this.headers) {
      for (const one of [value].flat()) headers.append(name, one);
    }
    headers.set('cache-control', 'no-store');
    if (throttled) headers.set('retry-after', String(throttled.retryAfterSeconds));
    return new Response(this.body, { status: throttled ? 429 : this.code, headers });
  }
}
