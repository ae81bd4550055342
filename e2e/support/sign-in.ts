/** A cookie as Playwright's storage state holds it. */
export type StateCookie = {
  name: string;
  value: string;
  domain: string;
  path: string;
  expires: number;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'Lax' | 'Strict' | 'None';
};

/**
 * Signs in with e-mail and password over HTTP, as the sign-in page does.
 * @returns the session's cookies
 * @throws Error when the server does not accept the password
 */
export async function signIn(
  consoleUrl: string,
  email: string,
  password: string,
): Promise<StateCookie[]> {
  const jar = new Map<string, string>();
  const request = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(consoleUrl + path, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, cookie, origin: consoleUrl },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const split = pair.indexOf('=');
      jar.set(pair.slice(0, split), pair.slice(split + 1));
    }
    return response;
  };
  const { csrfToken } = (await (await request('/api/auth/csrf')).json()) as { csrfToken: string };
  const answer = await request('/api/auth/callback/credentials', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      email,
      password,
      csrfToken,
      json: 'true',
      callbackUrl: consoleUrl,
    }),
  });
  if (![...jar.keys()].some((name) => name.includes('session-token'))) {
    throw new Error(`signing in failed: ${answer.status} ${await answer.text()}`);
  }
  const { hostname } = new URL(consoleUrl);
  return [...jar].map(([name, value]) => ({
    name,
    value,
    domain: hostname,
    path: '/',
    expires: Math.floor(Date.now() / 1000) + 86_400,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax',
  }));
}
