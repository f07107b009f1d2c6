import type { MapTransform, Size } from './projection-view.ts';
import type { FactGroups } from './renderings-by-fact.ts';

export interface MapPicture {
  positions: Float32Array;
  language: Int32Array;
  groups: FactGroups;
  colors: string[];
  selectedLanguage: number | null;
  /** Draw the threads of all facts. */
  allThreads: boolean;
}

export interface MapInks {
  thread: string;
  dim: string;
}

/** More points than this are squares: circles would be slow. */
const MOST_CIRCLES = 8000;

/** Radius in pixels: smaller with more points, larger with zoom. */
export function pointRadius(count: number, zoom: number): number {
  const base = count <= 500 ? 3.5 : count <= 2000 ? 2.75 : count <= 8000 ? 2 : count <= 20_000 ? 1.5 : 1.1;
  return base * Math.min(2.5, Math.max(0.8, zoom ** 0.35));
}

export function pointOpacity(count: number): number {
  return count <= 2000 ? 0.85 : count <= 8000 ? 0.7 : 0.55;
}

/** Draws all threads and points. The context is scaled so that it draws in pixels of the page. */
export function drawProjection(
  context: CanvasRenderingContext2D,
  picture: MapPicture,
  { transform, zoom, size, inks }: { transform: MapTransform; zoom: number; size: Size; inks: MapInks },
): void {
  context.clearRect(0, 0, size.width, size.height);
  if (picture.allThreads) drawThreads(context, picture, transform, inks.thread);
  const count = picture.positions.length / 2;
  const radius = pointRadius(count, zoom);
  const draw = count <= MOST_CIRCLES ? circle : square;
  const pass = (color: (language: number) => string | null, r: number): void => {
    picture.colors.forEach((_, l) => {
      const fill = color(l);
      if (fill === null) return;
      context.fillStyle = fill;
      eachPoint(picture, l, transform, size, (x, y) => draw(context, x, y, r));
    });
  };
  const chosen = picture.selectedLanguage;
  context.globalAlpha = pointOpacity(count) * (chosen === null ? 1 : 0.6);
  pass((l) => (chosen === null ? picture.colors[l] : l === chosen ? null : inks.dim), radius);
  context.globalAlpha = 0.95;
  if (chosen !== null) pass((l) => (l === chosen ? picture.colors[l] : null), radius * 1.25);
  context.globalAlpha = 1;
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function square(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}
