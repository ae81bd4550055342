const segment = encodeURIComponent;

/** `/api/tenants/{tenant}` and what hangs below it; ids and names are escaped. */
export function tenantPath(tenant: string, ...rest: (string | number)[]): string {
  return ['/api/tenants', segment(tenant), ...rest.map((part) => segment(String(part)))].join('/');
}
