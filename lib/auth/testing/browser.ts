/** As much of a browser as signing in takes: a cookie jar, forms, and redirects that are followed by hand. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every Set-Cookie line that was received. */
  readonly setCookies: string[] = [];

  constructor(
    private readonly send: (request: Request) => Promise<Response>,
    private readonly headers: Record<string, string> = {},
    private readonly origin = 'http://localhost:3000',
  ) {}

  request(
    method: string,
    path: string,
    body?: URLSearchParams,
    headers: Record<string, string> = {},
  ): Request {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Request(new URL(path, this.origin), {
      method,
      body,
      redirect: 'manual',
      headers: { ...this.headers, ...(cookie ? { cookie } : {}), ...headers },
    });
  }

  async fetch(request: Request): Promise<Response> {
    const response = await this.send(request);
    for (const line of response.headers.getSetCookie()) {
      this.setCookies.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async get(path: string): Promise<unknown> {
    return (await this.fetch(this.request('GET', path))).json();
  }

  /** Posts a form as next-auth's client does, asking for a JSON answer. */
  async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams({ ...fields, json: 'true' });
    const response = await this.fetch(this.request('POST', path, body, headers));
    const answer = (await response.json()) as { url?: string };
    return { status: response.status, url: answer.url ?? '', headers: response.headers };
  }

  async signIn(email: string, password: string, callbackUrl = '/') {
    const csrfToken = await this.csrf();
    return this.post('/api/auth/callback/credentials', {
      email,
      password,
      csrfToken,
      callbackUrl,
    });
  }

  async signOut() {
    return this.post('/api/auth/signout', { csrfToken: await this.csrf() });
  }

  session(): Promise<unknown> {
    return this.get('/api/auth/session');
  }

  async csrf(): Promise<string> {
    return ((await this.get('/api/auth/csrf')) as { csrfToken: string }).csrfToken;
  }
}
