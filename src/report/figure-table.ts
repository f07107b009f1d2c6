import { driftTable } from '../plots/drift-words.ts';
import { forestTable } from '../plots/forest-layout.ts';
import { heatMapTable } from '../plots/heat-map-table.ts';
import { layerTable } from '../plots/layer-layout.ts';
import type { PlotTable } from '../plots/props.ts';
import { scatterTable } from '../plots/scatter-layout.ts';
import { varianceParts, varianceTable } from '../plots/variance-parts.ts';
import type { ReportFigure } from './document.ts';

/** The numbers of a figure as its table twin has them; null for the map, whose points are a file of their own. */
export function figureTable({ plot, props }: ReportFigure): PlotTable | null {
  switch (plot) {
    case 'variance':
      return varianceTable(varianceParts(props.shares));
    case 'heat map':
      return heatMapTable(props, Array.from(props.order ?? props.labels.keys()));
    case 'forest':
      return forestTable(props);
    case 'ridges':
      return driftTable(props.languages, props.summaries, Array.from(props.order));
    case 'scatter':
      return scatterTable(props, props.itemName ?? 'Language');
    case 'layers':
      return layerTable(props, props.itemName ?? 'Language', props.best);
    case 'map':
      return null;
  }
}
