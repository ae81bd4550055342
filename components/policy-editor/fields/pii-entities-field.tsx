'use client';

import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { PII_ENTITIES, type PiiEntity } from '@/lib/policy/prompt/schema';
import { FieldRow } from '../layout/field-row';
import { PII_ENTITY_NAMES } from './pii-entity-names';
import { usePolicyField } from './use-policy-field';

/** A checklist of what counts as personal data; the stored order is the schema's. */
export function PiiEntitiesField() {
  const field = usePolicyField('promptPolicies.pii.entities');
  const { value, onChange, readOnly, ids, aria } = field;

  function toggle(entity: PiiEntity, on: boolean) {
    onChange(PII_ENTITIES.filter((name) => (name === entity ? on : value.includes(name))));
  }

  return (
    <FieldRow field={field} control="checklist" labels="group">
      <div
        role="group"
        aria-labelledby={ids.label}
        aria-describedby={aria['aria-describedby']}
        className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2"
      >
        {PII_ENTITIES.map((entity) => (
          <div key={entity} className="flex items-center gap-2.5">
            <Checkbox
              id={`${ids.control}-${entity}`}
              data-value={entity}
              checked={value.includes(entity)}
              onCheckedChange={(checked) => toggle(entity, checked === true)}
              disabled={readOnly}
            />
            <Label htmlFor={`${ids.control}-${entity}`} className="font-normal">
              {PII_ENTITY_NAMES[entity]}
            </Label>
          </div>
        ))}
      </div>
      {!readOnly && (
        <div className="flex gap-1 pt-1">
          <Button
            variant="outline"
            size="sm"
            disabled={value.length === PII_ENTITIES.length}
            onClick={() => onChange([...PII_ENTITIES])}
          >
            Select all
          </Button>
          <Button
            variant="outline"
            size="sm"
            disabled={value.length === 0}
            onClick={() => onChange([])}
          >
            Select none
          </Button>
        </div>
      )}
    </FieldRow>
  );
}
