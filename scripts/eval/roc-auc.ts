/**
 * Area under the ROC curve by ranks (Mann-Whitney U), ties counted half.
 * @param scores one number a row, higher = more positive
 * @param positive whether the row is a positive
 */
export function rocAuc(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end += 1;
    for (let at = start; at < end; at += 1) {
      if (!positive[order[at]!]) continue;
      rankSum += (start + end + 1) / 2;
      positives += 1;
    }
    start = end;
  }
  const negatives = scores.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
