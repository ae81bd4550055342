import { join } from 'node:path';

/** The server under test, as the global set-up started it. */
export type ServerUnderTest = {
  /** Console and admin API, no trailing slash. */
  consoleUrl: string;
  /** Gateway plane, no trailing slash, without /v1. */
  gatewayUrl: string;
  adminEmail: string;
  adminPassword: string;
  /** ROLEGATE_ADMIN_TOKEN: owner of every tenant. */
  adminToken: string;
  /** API key of the demo tenant's default role. */
  demoKey: string;
  /** Process id of the server. */
  pid: number;
};

/** Browser state of the signed-in first owner. */
export const OWNER_STATE_FILE = join(
  import.meta.dirname,
  '..',
  '..',
  'node_modules',
  '.cache',
  'rolegate-e2e',
  'owner.json',
);

/** For tests that begin signed out: `test.use({ storageState: SIGNED_OUT })`. */
export const SIGNED_OUT = { cookies: [], origins: [] };

/** @throws Error outside a run that the global set-up began */
export function serverUnderTest(): ServerUnderTest {
  const text = process.env.ROLEGATE_E2E_SERVER;
  if (!text) throw new Error('no server: run browser tests with `npx playwright test`');
  return JSON.parse(text) as ServerUnderTest;
}

/**
 * Calls the admin API as the bootstrap administrator.
 * @param path begins with /api/
 * @throws Error with the answer's text when it is not 2xx
 */
export async function adminApi<T = unknown>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const { consoleUrl, adminToken } = serverUnderTest();
  const response = await fetch(consoleUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${adminToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}
