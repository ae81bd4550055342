/** A value that may be meant, offered while typing. */
export type Suggestion = {
  value: string;
  /** Quiet text at the right: a price, say. */
  hint?: string;
  /** Heading it stands under. */
  group: string;
};

/**
 * The suggestions that hold every word of `query`, best first within their groups: those that begin
 * with it, then those whose model name does, then the rest in their own order.
 */
export function filterSuggestions(
  all: readonly Suggestion[],
  query: string,
  taken: ReadonlySet<string>,
  limit = 60,
): Suggestion[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0] ?? '';
  const rank = ({ value }: Suggestion) => {
    const name = value.toLowerCase();
    if (name.startsWith(first)) return 0;
    return name.split('/').some((part) => part.startsWith(first)) ? 1 : 2;
  };
  const groups = [...new Set(all.map(({ group }) => group))];
  return all
    .filter(({ value }) => !taken.has(value))
    .filter(({ value }) => words.every((word) => value.toLowerCase().includes(word)))
    .map((suggestion, index) => ({ suggestion, index, rank: rank(suggestion) }))
    .sort(
      (a, b) =>
        groups.indexOf(a.suggestion.group) - groups.indexOf(b.suggestion.group) ||
        a.rank - b.rank ||
        a.index - b.index,
    )
    .slice(0, limit)
    .map(({ suggestion }) => suggestion);
}

type Connection = { name: string; kind: string; models: readonly string[]; enabled: boolean };
type Price = { model: string; inputPerMillion: string; outputPerMillion: string };

const price = (usd: string) =>
  `$${Number(usd).toLocaleString('en-US', { maximumFractionDigits: 4 })}`;

/** What a model costs, input and output, for a million tokens. */
function priceHint({ inputPerMillion, outputPerMillion }: Price): string {
  return `${price(inputPerMillion)} / ${price(outputPerMillion)}`;
}

/**
 * Models a tenant may mean: those its connections name, the catalogue's models of connections that name
 * none, then the rest of the catalogue. A catalogue entry is `provider/model`, with the kind as provider.
 */
export function modelSuggestions(
  connections: readonly Connection[],
  catalogue: readonly Price[],
): Suggestion[] {
  const prices = new Map(catalogue.map((entry) => [entry.model, priceHint(entry)]));
  const enabled = connections.filter((connection) => connection.enabled);
  const named = enabled.flatMap(({ name, kind, models }) =>
    models.map((model) => ({
      value: `${name}/${model}`,
      hint: prices.get(`${name}/${model}`) ?? prices.get(`${kind}/${model}`),
      group: 'Your connections',
    })),
  );
  const open = enabled
    .filter(({ models }) => models.length === 0)
    .flatMap(({ name, kind }) =>
      catalogue
        .filter(({ model }) => model.startsWith(`${kind}/`))
        .map((entry) => ({
          value: `${name}/${entry.model.slice(kind.length + 1)}`,
          hint: priceHint(entry),
          group: 'Your connections',
        })),
    );
  const rest = catalogue.map((entry) => ({
    value: entry.model,
    hint: priceHint(entry),
    group: 'Catalogue',
  }));
  return unique([...named, ...open, ...rest]);
}

/** Patterns that stand for all models of a connection. */
export function wildcardSuggestions(connections: readonly Connection[]): Suggestion[] {
  return connections.map(({ name }) => ({
    value: `${name}/*`,
    hint: 'all its models',
    group: 'Your connections',
  }));
}

/** Names of connections; one that is switched off says so. */
export function providerSuggestions(connections: readonly Connection[]): Suggestion[] {
  return connections.map(({ name, kind, enabled }) => ({
    value: name,
    hint: enabled ? kind : `${kind}, disabled`,
    group: 'Your connections',
  }));
}

function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return suggestions.filter(({ value }) => {
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}
