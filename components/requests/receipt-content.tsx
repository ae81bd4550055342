import type { ReceiptDetail } from '@/lib/client/requests';

/** What was kept of prompt and answer, folded away until somebody asks for it. */
export function ReceiptContent({ content }: Pick<ReceiptDetail, 'content'>) {
  if (!content) {
    return <p className="text-sm text-muted-foreground">No content was kept of this request.</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      <Fold title="Messages" value={content.messages} />
      <Fold title="Answer" value={content.answer} />
    </div>
  );
}

function Fold({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <details className="rounded-md border border-border">
      <summary className="cursor-pointer rounded-md px-3 py-2 text-sm hover:bg-muted/50">
        {title}
      </summary>
      <pre className="border-t border-border px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap">
        {JSON.stringify(value, null, 2)}
      </pre>
    </details>
  );
}
