import { NextResponse, type NextRequest } from 'next/server';
import {
  createNonce,
  NONCE_HEADER,
  pageContentSecurityPolicy,
} from '@/lib/http/content-security-policy';

/** next-auth's session cookie, also where it is split over several because of its size. */
const SESSION_COOKIE = /^(__Secure-|__Host-)?next-auth\.session-token(\.0)?$/;

/** The pages before sign-in, and what browsers ask for as files. */
const OPEN_TO_ALL = /^\/(signin(\/|$)|invite\/|.*\.[a-z0-9]+$)/;

const POLICY_HEADER = 'content-security-policy';

/**
 * Sends page requests without a session to the sign-in page, and gives every page its
 * Content-Security-Policy. The session gets a quick look only: whether it is valid is decided where
 * data is read, and an API answer of 401 brings the browser here too.
 */
export default function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  return OPEN_TO_ALL.test(pathname) || isSignedIn(request) ? page(request) : toSignIn(request);
}

const isSignedIn = (request: NextRequest) =>
  request.cookies.getAll().some((cookie) => SESSION_COOKIE.test(cookie.name));

function toSignIn(request: NextRequest): NextResponse {
  const target = request.nextUrl.clone();
  target.pathname = '/signin';
  target.search = '';
  const wanted = `${request.nextUrl.pathname}${request.nextUrl.search}`;
  if (wanted !== '/') target.searchParams.set('callbackUrl', wanted);
  return NextResponse.redirect(target);
}

function page(request: NextRequest): NextResponse {
  const nonce = createNonce();
  const policy = pageContentSecurityPolicy({
    nonce,
    development: process.env.NODE_ENV === 'development',
  });
  // Next takes the nonce for its own scripts out of the policy on the request.
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set(POLICY_HEADER, policy);
  return NextResponse.next({ request: { headers }, headers: { [POLICY_HEADER]: policy } });
}

export const config = {
  // Pages only: not the API, not Next's own files, not the icon.
  matcher: ['/((?!api(?:/|$)|_next/|icon\\.svg$).*)'],
};
