/** The directives of a Content-Security-Policy with their sources; of none, when there is no header. */
export function parsePolicy(policy: string | null | undefined): Record<string, string[]> {
  return Object.fromEntries(
    (policy ?? '').split('; ').map((directive): [string, string[]] => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}
