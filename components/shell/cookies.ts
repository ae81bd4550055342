/** What the console remembers in the browser; read by the server too, so that nothing jumps on load. */
export const TENANT_COOKIE = 'rolegate_tenant';
export const SIDEBAR_COOKIE = 'rolegate_sidebar';

const ONE_YEAR_SECONDS = 31_536_000;

/** Sets a cookie of the console's own; values are ids and words, never secrets. */
export function rememberCookie(name: string, value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
}
