import { Badge } from '@/components/ui/badge';
import type { CacheMatch } from '@/lib/client/cache';

type Props = {
  match: CacheMatch;
  threshold: number;
  /** The two texts are one and the same. */
  same: boolean;
};

/** The final word, the figures behind it, and what every check says. */
export function TryMatchResult({ match, threshold, same }: Props) {
  const { cosine, similarity, checks } = match;
  const [matches, why] = verdictOf(match, threshold, same);
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div className="flex flex-wrap items-center gap-1.5">
        <Badge data-match={matches} variant={matches ? 'default' : 'secondary'}>
          {matches ? 'match' : 'no match'}
        </Badge>
        <span>{why}</span>
      </div>
      <p className="text-xs text-muted-foreground">
        similarity <span className="font-mono">{similarity.toFixed(4)}</span>, threshold{' '}
        <span className="font-mono">{threshold}</span>, cosine of the encoder{' '}
        <span className="font-mono">{cosine === null ? 'unknown' : cosine.toFixed(4)}</span>
      </p>
      <ul className="flex flex-wrap gap-1.5">
        {checks.map(({ name, differs }) => (
          <li key={name}>
            <Badge
              data-check={name}
              data-differs={differs !== null}
              variant={differs === null ? 'outline' : 'destructive'}
            >
              {differs === null ? `${name}: the same` : `${name}: ${differs}`}
            </Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}

function verdictOf(match: CacheMatch, threshold: number, same: boolean): [boolean, string] {
  if (same) return [true, 'The same text: an exact hit.'];
  if (threshold >= 1) return [false, 'At threshold 1 only the same text matches.'];
  const veto = match.checks.find(({ differs }) => differs !== null);
  if (veto) return [false, `They differ in ${veto.name}.`];
  if (!match.comparable) {
    return [
      false,
      'Only English texts of up to 600 characters are compared; others match exactly.',
    ];
  }
  if (match.cosine === null) return [false, 'The encoder did not answer in time.'];
  return match.similarity >= threshold
    ? [true, 'Alike, and no check objects.']
    : [false, 'Not alike enough for the threshold.'];
}
