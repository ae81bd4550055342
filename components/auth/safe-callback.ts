/** The path to go to after signing in: only one of this site, so that a link cannot send users elsewhere. */
export function safeCallback(value: string | string[] | undefined, origin?: string): string {
  const wanted = Array.isArray(value) ? value[0] : value;
  if (!wanted) return '/';
  const base = origin ?? 'http://rolegate.invalid';
  if (!URL.canParse(wanted, base)) return '/';
  const url = new URL(wanted, base);
  if (url.origin !== new URL(base).origin || url.pathname.startsWith('/signin')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
