const SMALL = /(^|[-/.])(mini|small|haiku|flash|nano|lite)($|[-/.:])/;

/**
 * A model for a first request, out of those a key may use: the sandbox when it is there, since it
 * costs nothing, else a small one, else the first. Undefined when there is none.
 */
export function pickModel(models: readonly string[]): string | undefined {
  return (
    models.find((model) => model === 'sandbox/small') ??
    [...models].filter((model) => SMALL.test(model)).sort((a, b) => a.length - b.length)[0] ??
    models[0]
  );
}
