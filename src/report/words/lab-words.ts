import {
  FEWEST_FACTS,
  type LabChange,
  type LabMeasureId,
  type LabReport,
  type SensitivityChange,
} from '../../core/lab.ts';
import { labCard } from '../../core/lab-cards.ts';
import type { Candidate, Recommendation } from '../../core/recommend.ts';
import { sentences } from '../../plots/sentences.ts';
import { formatValue } from '../figures/figure-input.ts';
import { countOf } from './answer-words.ts';
import { methodName } from './fit-words.ts';

export interface Verdict {
  kind: 'helps' | 'helps in part' | 'no gain' | 'overfits' | 'trades' | 'not judged';
  /** With the numbers and intervals that it rests on, of held-out facts. */
  sentence: string;
}

/** How much farther MEXA on training facts may lie above that on held-out facts than it did before. */
const OVERFIT = 0.2;

/** Below this RankC of the languages' own neighbourhoods before and after, an adapter rewrites them. */
const LOW_CONSISTENCY = 0.5;

/** Largest square of a standard normal number at 95 %. */
const CHI_SQUARE = 3.841;

/**
 * What may be said of an adapter from held-out facts. It helps where disparity W and MEXA are both better than of the
 * vectors as they were, beyond chance, and one of them better than after centering, which is the baseline to beat, the
 * other not worse; in part where only one of the two is better. Of fewer facts than `FEWEST_FACTS` nothing is said.
 *
 * @param sensitivity false statements taken for true; null where none were made
 */
export function verdictOf(report: LabReport, sensitivity: SensitivityChange | null): Verdict {
  const [w, mexa] = [changes(report, 'disparity'), changes(report, 'mexa')];
  const numbers = [
    `Held out (n = ${countOf(report.heldOut.facts, 'fact')}, MEXA among ${report.mexaAt}): ${changeWords('mexa', mexa.test)}`,
    changeWords('disparity', w.test),
  ].join('; ');
  const name = methodName(report.settings.method);
  const verdict = (kind: Verdict['kind'], claim: string, ...rest: string[]): Verdict => ({
    kind,
    sentence: sentences(`${name} ${claim}`, numbers, centeringWords(report), ...rest),
  });
  if (w.test.interval === null || mexa.test.interval === null)
    return verdict('not judged', 'is not judged: on these facts W or MEXA has no interval');
  const { train, validation, test } = report.split;
  const facts = train.length + validation.length + test.length;
  if (facts < FEWEST_FACTS)
    return verdict(
      'not judged',
      `is not judged: ${facts} facts in all are too few, intervals included`,
    );
  const gap = gapWords(report);
  if (gap !== '') return verdict('overfits', 'overfits', gap);
  const better = [standing('disparity', w.test), standing('mexa', mexa.test)].filter(
    (own) => own === 1,
  ).length;
  const beside = [standing('disparity', w.overCentering), standing('mexa', mexa.overCentering)];
  const gained = report.settings.method === 'centering' || beside.includes(1);
  const cost = costWords(report, sensitivity);
  if (better === 0)
    return verdict('no gain', `brings no held-out gain: ${whatImproves(report)}`, cost);
  if (!gained) return verdict('no gain', 'brings no gain over centering, which is simpler', cost);
  if (cost !== '') return verdict('trades', 'brings languages closer at a cost', cost);
  if (beside.includes(-1))
    return verdict(
      'helps in part',
      `helps in part: ${whatImproves(report)}, and beside centering one of the two gets worse`,
    );
  if (better === 1) return verdict('helps in part', `helps in part: ${whatImproves(report)}`);
  return verdict('helps', 'helps: both W and MEXA improve');
}

type BothChanges = Record<'test' | 'overCentering', LabChange>;

function changes({ measures }: LabReport, id: LabMeasureId): BothChanges {
  return measures.find((measure) => measure.id === id)!;
}

/** 1 better, -1 worse, 0 where the difference may be chance or has no interval. */
export function standing(id: LabMeasureId, { interval }: LabChange): -1 | 0 | 1 {
  if (interval === null) return 0;
  const sign = labCard(id).direction === 'higher is closer' ? 1 : -1;
  if (interval[0] > 0) return sign;
  return interval[1] < 0 ? (-sign as -1 | 1) : 0;
}

/** `MEXA at equal facts 0.854 before, 0.899 after (+0.044, 95 % +0.036 to +0.053)`. */
export function changeWords(id: LabMeasureId, { before, after, ...change }: LabChange): string {
  if (Number.isNaN(change.difference)) return `${labCard(id).name} is not defined`;
  return `${labCard(id).name} ${formatValue(before)} before, ${formatValue(after)} after (${differenceWords(change)})`;
}

function differenceWords({
  difference,
  interval,
}: Pick<LabChange, 'difference' | 'interval'>): string {
  if (interval === null) return `${signed(difference)}, no interval`;
  return `${signed(difference)}, 95 % ${signed(interval[0])} to ${signed(interval[1])}`;
}

function signed(value: number): string {
  const text = formatValue(value);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

function whatImproves(report: LabReport): string {
  const ids = ['disparity', 'mexa'] as const;
  const words = { '1': 'improves', '0': 'does not change beyond chance', '-1': 'gets worse' };
  const said = ids.map((id): string => {
    const name = id === 'mexa' ? 'MEXA' : 'W';
    return `${name} ${words[standing(id, changes(report, id).test)]}`;
  });
  return said.join(', ');
}

/** How it stands against the simplest adapter; '' for that one itself. */
function centeringWords(report: LabReport): string {
  if (report.settings.method === 'centering') return '';
  const ids = ['mexa', 'disparity'] as const;
  const apart = ids.filter((id) => standing(id, changes(report, id).overCentering) !== 0);
  if (apart.length === 0) return 'Against centering alone it differs by no more than chance';
  const said = apart.map((id) => {
    const { overCentering } = changes(report, id);
    const way = standing(id, overCentering) === 1 ? 'better' : 'worse';
    return `${id === 'mexa' ? 'MEXA' : 'W'} is ${way} (${differenceWords(overCentering)})`;
  });
  return `Against centering alone ${said.join(', ')}`;
}

/** '' where training and held-out facts are as far apart as before, about. */
function gapWords({ measures }: LabReport): string {
  const { train, test } = measures.find(({ id }) => id === 'mexa')!;
  const wider = train.after - test.after - (train.before - test.before);
  if (!(wider > OVERFIT)) return '';
  return `MEXA is ${formatValue(train.after)} on training facts and ${formatValue(test.after)} on held-out ones, ${formatValue(wider)} farther apart than before any adapter`;
}

function costWords(
  { controls: { consistency } }: LabReport,
  sensitivity: SensitivityChange | null,
): string {
  return sentences(
    consistency < LOW_CONSISTENCY
      ? `Within languages neighbours change: RankC of before and after is ${formatValue(consistency)}, below ${LOW_CONSISTENCY}`
      : '',
    sensitivity !== null && isBlunter(sensitivity)
      ? `Of ${countOf(sensitivity.statements, 'false statement')} ${sensitivity.before.toLocaleString('en')} were taken for true before, ${sensitivity.after.toLocaleString('en')} after: it blurs what facts say`
      : '',
  );
}

/**
 * McNemar's test as if no statement were mistaken both before and after: then most statements differ, so that it errs
 * towards saying nothing.
 */
function isBlunter({ before, after }: SensitivityChange): boolean {
  return after > before && (after - before) ** 2 > CHI_SQUARE * (after + before);
}

/** Which adapter to take, and why; one answer is none. */
export function recommendationSentence({
  candidates,
  chosen,
  best,
  facts,
}: Recommendation): string {
  const on = `on the ${countOf(facts, 'validation fact')}`;
  const [own, top] = [candidates[chosen], candidates[best]];
  const score = ({ score }: Candidate): string => formatValue(score);
  if (own.method === 'none') {
    if (chosen === best)
      return `Nothing helps: no adapter has a higher MEXA ${on} than the vectors as they are (${score(own)}).`;
    return `Nothing helps beyond chance: MEXA ${on} is ${score(own)} as it is and ${score(top)} with the best, ${nameOf(top)} (${behindWords(own)}).`;
  }
  if (chosen === best)
    return `${nameOf(own)} is recommended: its MEXA ${on}, ${score(own)}, is the highest of those fitted, and every simpler one of them is behind it beyond chance.`;
  return `${nameOf(own)} is recommended: it is the simplest whose MEXA ${on}, ${score(own)}, is not beyond chance below that of the best, ${nameOf(top)} (${score(top)}; ${behindWords(own)}).`;
}

/** What became of a recommended adapter on facts that took no part in choosing it. */
export function heldOutSentence(report: LabReport, sensitivity: SensitivityChange | null): string {
  const { kind } = verdictOf(report, sensitivity);
  return `Its verdict on held-out facts: ${kind}; ${whatImproves(report)}.`;
}

export function nameOf({ method }: Pick<Candidate, 'method'>): string {
  return method === 'none' ? 'No adapter' : methodName(method);
}

function behindWords({ behind, interval }: Candidate): string {
  return `difference ${differenceWords({ difference: behind, interval })}`;
}
