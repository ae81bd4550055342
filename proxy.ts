import { NextResponse, type NextRequest } from 'next/server';

/** next-auth's session cookie, also where it is split over several because of its size. */
const SESSION_COOKIE = /^(__Secure-|__Host-)?next-auth\.session-token(\.0)?$/;

/**
 * Sends page requests without a session to the sign-in page. A quick look only: whether the session
 * is valid is decided where data is read, and an API answer of 401 brings the browser here too.
 */
export default function proxy(request: NextRequest): NextResponse {
  const signedIn = request.cookies.getAll().some((cookie) => SESSION_COOKIE.test(cookie.name));
  if (signedIn) return NextResponse.next();
  const target = request.nextUrl.clone();
  target.pathname = '/signin';
  target.search = '';
  const wanted = `${request.nextUrl.pathname}${request.nextUrl.search}`;
  if (wanted !== '/') target.searchParams.set('callbackUrl', wanted);
  return NextResponse.redirect(target);
}

export const config = {
  // Pages only: not the API, not Next's own files, not the pages before sign-in, not files with an
  // extension.
  matcher: ['/((?!api(?:/|$)|_next/|signin(?:/|$)|invite/|.*\\.[a-z0-9]+$).*)'],
};
