import type { LanguageHubness, PairReport } from '../core/report.ts';
import { HUB_NEAREST, hubness, kOccurrence } from '../metrics/hubness.ts';
import type { PairScan } from '../core/pair-scan.ts';

/** How often each text of b is among the nearest of a's texts, and each of a among those of b's. [n] */
export interface PairOccurrence {
  ofB: Int32Array;
  ofA: Int32Array;
  /** Length of the lists. */
  k: number;
}

export function pairOccurrence({ rowNearest, columnNearest }: PairScan): PairOccurrence {
  return {
    ofB: kOccurrence(rowNearest.indices, rowNearest.rows),
    ofA: kOccurrence(columnNearest.indices, columnNearest.rows),
    k: rowNearest.k,
  };
}

/** Adds the lists of all pairs up, language by language. */
export interface HubTotals {
  add(pair: PairReport, occurrence: PairOccurrence): void;
  finish(): LanguageHubness[];
}

export function hubTotals(L: number, facts: number): HubTotals {
  /** By language and fact; -1 where nothing was sought. */
  const totals = Array.from({ length: L }, () => new Int32Array(facts).fill(-1));
  return {
    add({ a, b, facts: shared }, { ofA, ofB, k }) {
      if (k >= shared.length) return;
      shared.forEach((fact, i) => {
        totals[a][fact] = Math.max(0, totals[a][fact]) + ofA[i];
        totals[b][fact] = Math.max(0, totals[b][fact]) + ofB[i];
      });
    },
    finish: () => totals.map(languageHubness),
  };
}

function languageHubness(occurrence: Int32Array): LanguageHubness {
  const sought = Int32Array.from(occurrence.keys()).filter((fact) => occurrence[fact] >= 0);
  const counts = sought.map((fact) => occurrence[fact]);
  const own = hubness(counts, HUB_NEAREST);
  return { ...own, hubs: own.hubs.map((i) => sought[i]), kOccurrence: occurrence };
}
