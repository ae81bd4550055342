'use client';

import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  Sheet,
  SheetBody,
  SheetContent,
  SheetDescription,
  SheetHeader,
  SheetTitle,
} from '@/components/ui/sheet';
import type { ProviderView } from '@/lib/client/types';
import type { ProviderKind } from '@/lib/gateway/types';
import { KindPicker } from './kind-picker';
import { KINDS } from './kinds';
import type { ModelCatalogue } from './model-catalogue';
import { ProviderForm } from './provider-form';

type ProviderSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The connection that is edited; without it the kind is asked first. */
  provider?: ProviderView;
  takenNames: readonly string[];
  catalogue: ModelCatalogue;
  onSaved: (provider: ProviderView) => void;
};

export function ProviderSheet({ open, onOpenChange, ...body }: ProviderSheetProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent>
        <ProviderSheetBody {...body} onCancel={() => onOpenChange(false)} />
      </SheetContent>
    </Sheet>
  );
}

type BodyProps = Omit<ProviderSheetProps, 'open' | 'onOpenChange'> & { onCancel: () => void };

function ProviderSheetBody({ provider, takenNames, catalogue, onSaved, onCancel }: BodyProps) {
  const [picked, setPicked] = useState<ProviderKind | null>(null);
  const kind = provider?.kind ?? picked;
  if (!kind) {
    return (
      <>
        <SheetHeader>
          <SheetTitle>Connect a provider</SheetTitle>
          <SheetDescription>Where should requests of this tenant go?</SheetDescription>
        </SheetHeader>
        <SheetBody>
          <KindPicker onPick={setPicked} />
        </SheetBody>
      </>
    );
  }
  return (
    <>
      <SheetHeader>
        <SheetTitle>
          {provider ? `Edit ${provider.name}` : `Connect ${KINDS[kind].label}`}
        </SheetTitle>
        <SheetDescription>{KINDS[kind].description}</SheetDescription>
      </SheetHeader>
      <ProviderForm
        key={kind}
        kind={kind}
        provider={provider}
        takenNames={takenNames}
        catalogue={catalogue}
        onSaved={onSaved}
        submitLabel={provider ? 'Save' : 'Connect'}
        cancel={
          provider ? (
            <Button variant="outline" onClick={onCancel}>
              Cancel
            </Button>
          ) : (
            <Button variant="outline" onClick={() => setPicked(null)}>
              <ArrowLeft /> Other provider
            </Button>
          )
        }
      />
    </>
  );
}
