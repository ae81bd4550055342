import { budgetStorm } from '@/lib/gateway/testing/budget-storm';

/** `npm run bench:budget`: a thousand mixed requests at once on a dollar, without and with a soft limit. */
console.log('| buffer | requests | statuses | cap USD | settled USD | receipts USD | used |');
console.log('|---:|---:|---|---:|---:|---:|---:|');
for (const bufferPercent of [0, 10]) {
  const storm = await budgetStorm({ bufferPercent });
  const statuses = Object.entries(storm.statuses)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
  const cells = [
    `${bufferPercent} %`,
    storm.requests,
    statuses,
    ((100 + bufferPercent) / 100).toFixed(2),
    storm.settledUsd,
    storm.receiptsUsd,
    `${storm.usedPercent.toFixed(2)} %`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
