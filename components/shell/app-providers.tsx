'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { useState, type ReactNode } from 'react';
import { Toaster } from '@/components/ui/toast';
import { TooltipProvider } from '@/components/ui/tooltip';
import { adoptNonce } from '@/lib/client/page-nonce';
import { createQueryClient } from '@/lib/client/query-client';

type AppProvidersProps = {
  /** Of the Content-Security-Policy the document came with. */
  nonce: string | undefined;
  children: ReactNode;
};

/** What every page needs around it; the query client lives as long as the browser tab. */
export function AppProviders({ nonce, children }: AppProvidersProps) {
  const [queryClient] = useState(createQueryClient);
  // A refresh of the layout brings another nonce, but the document's policy stays the first one.
  const [documentNonce] = useState(() => adoptNonce(nonce));
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={documentNonce}
    >
      <QueryClientProvider client={queryClient}>
        <TooltipProvider delayDuration={250}>{children}</TooltipProvider>
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
