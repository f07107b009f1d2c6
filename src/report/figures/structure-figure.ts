import { metricCard } from '../../core/metric-catalog.ts';
import type { MatrixId } from '../../core/report.ts';
import type { PlotAxis, Quadrants, ScatterPlotProps, ScatterPoint } from '../../plots/props.ts';
import { ALIGNMENT_FIELDS, fieldOf } from '../../plots/scatter-layout.ts';
import { factsText, formatValue, itemOf, sharedFacts, type FigureInput } from './figure-input.ts';

/** Where fields begin: a convention, not a test. */
export const FIELDS: Quadrants = { x: 0.5, y: 0.5, names: ALIGNMENT_FIELDS };

/** Whether languages share the geometry of the others (debiased CKA), their facts (MEXA), both or neither. */
export function structureFigure(input: FigureInput): ScatterPlotProps {
  const { report, note } = input;
  const points = report.languageScores.map((scores, l): ScatterPoint => {
    const [x, y] = [scores.mexa, scores.cka_debiased];
    return {
      ...itemOf(input, l),
      x: x.value,
      y: y.value,
      xInterval: x.interval,
      yInterval: y.interval,
    };
  });
  const n = factsText(sharedFacts(report.pairs));
  return {
    name: 'structure',
    title: structureTitle(points),
    subtitle: `Debiased CKA and MEXA of each language, mean over the others; ${n}; 95 % intervals over facts. Fields part at ${FIELDS.x} by convention; MEXA falls as facts grow in number, so that its fields hold for this n.`,
    note,
    points,
    x: axisOf('mexa', n),
    y: axisOf('cka_debiased', n),
    quadrants: FIELDS,
  };
}

function axisOf(id: MatrixId, n: string): PlotAxis {
  const { name, direction } = metricCard(id);
  return { quantity: name, direction, n, format: formatValue };
}

/** Languages count in a field where their intervals lie in it as a whole. */
function structureTitle(points: ScatterPoint[]): string {
  const drawn = points.filter(({ x, y }) => !Number.isNaN(x + y));
  if (drawn.length === 0) return 'Debiased CKA and MEXA are not defined for any language';
  const counts = Object.values(ALIGNMENT_FIELDS)
    .map((name) => ({ name, count: drawn.filter((point) => liesIn(point) === name).length }))
    .filter(({ count }) => count > 0);
  const found = counts.reduce((sum, { count }) => sum + count, 0);
  const open =
    found === drawn.length
      ? ''
      : `${found > 0 ? '; ' : ''}${drawn.length - found} not told apart from a threshold`;
  const fields = counts.map(({ name, count }) => `${count} ${name}`).join(', ');
  return `Of ${drawn.length} languages: ${fields}${open}`;
}

function liesIn({ x, y, xInterval, yInterval, ...item }: ScatterPoint): string | null {
  if (!xInterval || !yInterval) return null;
  const corners = ([0, 1] as const).flatMap((i) =>
    ([0, 1] as const).map((j) => ({ ...item, x: xInterval[i], y: yInterval[j] })),
  );
  const fields = new Set([{ ...item, x, y }, ...corners].map((point) => fieldOf(point, FIELDS)));
  return fields.size === 1 ? [...fields][0] : null;
}
