import { TIE_MARGIN } from '../core/matrix.ts';
import type { PairReport } from '../core/report.ts';

/** A fact whose text in one language lies nearer to another fact in the other language than to its own match there. */
export interface StolenMatch {
  /** Indices of languages. */
  from: number;
  to: number;
  /** Indices of facts; the thief is the nearest of those that are wrong. */
  fact: number;
  thief: number;
  /** Cosine of the thief less that of the match, in (0, 2]; leads up to TIE_MARGIN are ties. */
  lead: number;
}

/** Facts of one direction of a pair whose match is stolen, largest lead first. */
export function stolenInPair(pair: PairReport, from: number): StolenMatch[] {
  return Array.from(pair.facts.keys(), (i) => matchAt(pair, from, i))
    .filter(isStolen)
    .sort(byLead);
}

/**
 * In which directions the match of one fact is stolen, largest lead first, of all in which it has a rival: two for each
 * pair of languages that both state it beside another fact.
 */
export function stolenFromFact(
  pairs: PairReport[],
  fact: number,
): { directions: number; stolen: StolenMatch[] } {
  const matches = pairs
    .flatMap((pair) => {
      const i = pair.facts.indexOf(fact);
      return i < 0 ? [] : [matchAt(pair, pair.a, i), matchAt(pair, pair.b, i)];
    })
    .filter(({ thief }) => thief >= 0);
  return { directions: matches.length, stolen: matches.filter(isStolen).sort(byLead) };
}

function matchAt(pair: PairReport, from: number, i: number): StolenMatch {
  const forth = from === pair.a;
  const rival = forth ? pair.rivalInB : pair.rivalInA;
  const to = forth ? pair.b : pair.a;
  const lead = rival.cosine[i] - pair.matched[i];
  return { from, to, fact: pair.facts[i], thief: rival.fact[i], lead };
}

function isStolen({ thief, lead }: StolenMatch): boolean {
  return thief >= 0 && lead > TIE_MARGIN;
}

function byLead(a: StolenMatch, b: StolenMatch): number {
  return b.lead - a.lead;
}
