import type { PairScan } from '../../core/pair-scan.ts';
import type { LanguagePair, OnDone } from '../kernels.ts';
import { scanOfMatrix } from '../reference-pair.ts';
import { cosineMatrix } from './cosine-matrix.ts';
import type { Session } from './session.ts';

/** Scans of pairs whose cosines are read back. */
export async function comparePairs(
  session: Session,
  pairs: readonly LanguagePair[],
  onPairs?: OnDone,
): Promise<PairScan[]> {
  const scans: PairScan[] = [];
  for (const { x, y } of pairs) {
    scans.push(scanOfMatrix(await cosineMatrix(session, x, y)));
    await onPairs?.(scans.length);
  }
  return scans;
}
