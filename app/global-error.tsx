'use client';

import { Button } from '@/components/ui/button';
import './globals.css';

type GlobalErrorProps = { error: Error & { digest?: string } };

/**
 * Stands in for everything when the layout itself breaks. Next's own page of this kind styles itself
 * inline, which the Content-Security-Policy forbids, and this one works without scripts.
 */
export default function GlobalError({ error }: GlobalErrorProps) {
  return (
    <html lang="en">
      <head>
        <title>Rolegate</title>
      </head>
      <body>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-4 px-6 text-center">
          <div className="flex flex-col gap-1">
            <h1 className="text-xl font-semibold tracking-tight">The console could not be shown</h1>
            <p className="text-sm text-muted-foreground">
              {error.digest ? `The server logged it under ${error.digest}.` : 'Load it once more.'}
            </p>
          </div>
          <form>
            <Button type="submit">Reload</Button>
          </form>
        </main>
      </body>
    </html>
  );
}
