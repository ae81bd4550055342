import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import { THRESHOLD_FIGURES } from '@/lib/policy/caching/thresholds';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** What one gets for a threshold, beside its slider. */
export function ThresholdTable() {
  return (
    <div data-threshold-table className="py-3">
      <Table aria-label="What a threshold gives" className="max-w-md text-xs">
        <TableHeader>
          <TableRow>
            <TableHead>Threshold</TableHead>
            <TableHead>Right answers</TableHead>
            <TableHead>Rewordings found</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {THRESHOLD_FIGURES.map(({ threshold, precision, recall }) => (
            <TableRow key={threshold}>
              <TableCell className="font-mono">{threshold.toFixed(2)}</TableCell>
              <TableCell>{percent(precision)}</TableCell>
              <TableCell>{percent(recall)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="pt-2 text-xs text-muted-foreground">
        Measured on 12,096 pairs of public questions. The same request always hits, whatever the
        threshold.
      </p>
    </div>
  );
}
