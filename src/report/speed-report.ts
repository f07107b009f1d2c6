import { spreadOf } from '../core/rounds.ts';
import { SPEED_UNITS, speedLead, type SpeedRow, type SpeedTask } from '../core/speed.ts';

/** The tasks in words. */
export const SPEED_TASKS: Record<SpeedTask, string> = {
  encode: 'Encoding texts',
  kernels: 'Comparing languages (all scores of pairs, 500 × 500 × 384)',
  layout: 'Laying out the map (2,000 points, 15 neighbours)',
};

/** Which device encodes these texts faster, and by how much; '' while nothing can be said. */
export function speedVerdict(rows: readonly SpeedRow[]): string {
  const lead = speedLead(rows, 'encode');
  if (lead === null) return '';
  const { winner, loser, times } = lead;
  const rounds = `over ${winner.rounds.length} rounds: ${factor(times.low)} to ${factor(times.high)}`;
  return times.low > 1
    ? `For these texts ${winner.name} is ${factor(times.median)} times as fast as ${loser.name} (${rounds}).`
    : `For these texts neither ${winner.name} nor ${loser.name} is faster in every round (${rounds}).`;
}

/** A speed or a factor as readers want it: two or three digits. */
export function factor(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** What speeds were measured on and with; travels with every copy of them. */
export interface SpeedContext {
  isogloss: string;
  encoder: string;
  texts: number;
  textsOf: string;
  seed: number;
}

/** All speeds as a Markdown table under their verdict. */
export function speedsToMarkdown(rows: readonly SpeedRow[], context: SpeedContext): string {
  const lines = rows.map(({ task, name, cold, rounds, problem }) => {
    const { median, low, high } = spreadOf(rounds);
    const numbers = [median, low, high, cold ?? NaN].map((value) =>
      Number.isNaN(value) ? '–' : factor(value),
    );
    const cells = [SPEED_TASKS[task], problem === '' ? name : `${name}: ${problem}`, ...numbers];
    return `| ${[...cells, SPEED_UNITS[task]].join(' | ')} |`;
  });
  return [
    `Isogloss ${context.isogloss}, ${context.encoder}, ${context.texts} texts of ${context.textsOf}, seed ${context.seed}`,
    '',
    '| task | device | median | lowest | highest | cold | unit |',
    '|---|---|---|---|---|---|---|',
    ...lines,
    '',
    speedVerdict(rows),
    '',
  ].join('\n');
}

export function speedsToJson(rows: readonly SpeedRow[], context: SpeedContext): string {
  return `${JSON.stringify({ ...context, verdict: speedVerdict(rows), rows }, null, 2)}\n`;
}
