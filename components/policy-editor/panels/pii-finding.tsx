import { Badge } from '@/components/ui/badge';
import type { PiiFinding } from '@/lib/policy/decision';
import { PII_ENTITY_NAMES } from '../fields/pii-entity-names';
import { markedParts } from './marked-parts';

/** The text that was tried with personal data marked, and why each piece is taken for it. */
export function PiiFindingView({ finding, text }: { finding: PiiFinding; text: string | null }) {
  const { spans } = finding;
  if (spans.length === 0) return null;
  const reasons = [
    ...new Set(spans.map(({ entity, reason }) => `${PII_ENTITY_NAMES[entity]}: ${reason}`)),
  ];
  return (
    <section aria-label="Personal data" className="flex flex-col gap-2">
      <span className="font-medium">Personal data</span>
      {text !== null && (
        <p
          data-try-marked
          className="max-h-48 overflow-auto rounded-md border border-border p-3 break-words whitespace-pre-wrap"
        >
          {markedParts(text, spans).map(({ start, text: part, entity }) =>
            entity ? (
              <mark
                key={start}
                data-entity={entity}
                title={PII_ENTITY_NAMES[entity]}
                className="rounded-sm bg-warning/25 px-0.5 text-foreground"
              >
                {part}
              </mark>
            ) : (
              <span key={start}>{part}</span>
            ),
          )}
        </p>
      )}
      <ul aria-label="Reasons" className="flex flex-wrap gap-1.5">
        {reasons.map((reason) => (
          <li key={reason}>
            <Badge variant="outline">{reason}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
