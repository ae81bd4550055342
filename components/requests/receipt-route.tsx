import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import type { ReceiptDetail } from '@/lib/client/requests';

/** How the model was chosen, and why each candidate was taken or not. */
export function ReceiptRoute({ route }: Pick<ReceiptDetail, 'route'>) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        <span className="font-mono text-xs">{route.strategy}</span>
        {route.reason && <span className="text-muted-foreground">: {route.reason}</span>}
      </p>
      {route.candidates.length > 0 && (
        <ul className="divide-y divide-border rounded-md border border-border">
          {route.candidates.map((each, index) => (
            <li
              key={`${index} ${each.provider}/${each.model}`}
              className="flex items-start justify-between gap-3 px-3 py-2"
            >
              <div className={cn('min-w-0', !each.taken && 'text-muted-foreground')}>
                <p className="font-mono text-xs leading-5 break-all">
                  {each.provider}/{each.model}
                </p>
                {each.reason && (
                  <p className="text-xs break-words text-muted-foreground">{each.reason}</p>
                )}
              </div>
              {each.taken && <Badge>Taken</Badge>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
