import type { AnalysisReport, Estimate } from '../core/report.ts';

/** A number of one language with its interval in words, and how to read it. */
export interface NumberLine {
  name: string;
  value: string;
  meaning: string;
}

/** What belongs to one language alone: its place in the pool of all texts, its hubs, its space, its tokens. */
export function languageNumbers(report: AnalysisReport, language: number): NumberLine[] {
  const { averagePrecision, sameLanguageShare, hubness, isotropy, tokens } =
    report.byLanguage[language];
  const lines: [string, string, string][] = [
    [
      'Mean average precision',
      estimated(averagePrecision),
      'its texts seek the other renderings of their fact among all texts; 0 to 1, higher is closer',
    ],
    [
      'Nearest text is in the same language',
      estimated(sameLanguageShare),
      'share of its texts; lower is more neutral',
    ],
    [
      'Hub skewness',
      number(hubness.skewness),
      'of how often its texts are among the 10 nearest; 0 is even',
    ],
    [
      'Antihubs',
      number(hubness.antihubs),
      'share of its texts that are among the 10 nearest of no other text; lower is more even',
    ],
    ['IsoScore', number(isotropy.isoScore), '0 to 1, 1 for equal variance along all axes'],
    [
      'Effective rank',
      number(isotropy.effectiveRank, 1),
      'axes that its vectors use, of those with variance',
    ],
    [
      'Mean cosine of two of its texts',
      number(isotropy.meanRandomCosine),
      'about 0 where vectors point everywhere',
    ],
  ];
  if (tokens !== null) {
    const { premium, unknownRate, truncationRate, truncated, renderings, tokens: count } = tokens;
    lines.push(
      ['Tokens per text', number(count / renderings, 1), 'as the encoder cuts them'],
      ['Token premium', number(premium, 2), 'tokens over those of the pivot on the same facts'],
      ['Unknown tokens', number(unknownRate), 'share of its tokens'],
      [
        'Texts longer than the encoder reads',
        truncated === 0
          ? 'none'
          : `${number(truncationRate)} (${truncated.toLocaleString('en')} of ${renderings.toLocaleString('en')})`,
        'share of its texts; their ends were not read',
      ],
    );
  }
  return lines.map(([name, value, meaning]) => ({ name, value, meaning }));
}

function number(value: number, digits = 3): string {
  return Number.isNaN(value) ? 'not defined' : value.toFixed(digits);
}

/** A value with its 95 % interval in brackets. */
export function estimated({ value, interval }: Estimate): string {
  return interval === null || Number.isNaN(value)
    ? number(value)
    : `${number(value)} [${interval.map((end) => number(end)).join(', ')}]`;
}
