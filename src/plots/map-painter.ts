import { AnalyzerError } from '../core/errors.ts';
import type { MapFrame } from './draw-projection.ts';
import type { MapMarks } from './map-marks.ts';
import { pixelPainter } from './paint-pixels.ts';
import { hasGraphicsCard, webglPainter } from './paint-webgl.ts';

/** Draws maps on one canvas. */
export interface MapPainter {
  name: 'webgl2' | 'pixels';
  /** @param ratio pixels of the canvas to one of the page */
  paint: (marks: MapMarks, frame: MapFrame, ratio: number) => void;
  /** Gives back what the graphics card holds. The canvas is of no use after that. */
  free: () => void;
}

/** The graphics card where the browser offers one; pixels in memory where it has none or imitates one, which is slower. */
export function mapPainter(canvas: HTMLCanvasElement): MapPainter {
  const painter = (hasGraphicsCard() ? webglPainter(canvas) : null) ?? pixelPainter(canvas);
  if (painter === null)
    throw new AnalyzerError(
      'gpu/unavailable',
      'The map cannot be drawn: this browser gives neither a WebGL2 nor a 2D context.',
      { hint: 'Close other pages that draw much, or use the table of the map.' },
    );
  canvas.dataset.painter = painter.name;
  return painter;
}
