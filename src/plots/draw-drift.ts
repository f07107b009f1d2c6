import type { DriftLayout } from './drift-layout.ts';
import { spread, type DriftMatrix } from './drift-rows.ts';

export interface DriftPoints {
  matrix: DriftMatrix;
  layout: DriftLayout;
  density: (language: number) => Float32Array;
}

interface DotStyle {
  radius: number;
  opacity: number;
}

/** More dots in a row than this are counted per pixel instead of drawn one by one. */
const MOST_DOTS = 3000;

/** Dots get smaller and fainter as rows get fuller. */
function dotStyle(count: number, { band }: DriftLayout): DotStyle {
  const radius = count <= 300 ? 2.25 : count <= 1200 ? 1.75 : 1.25;
  return {
    radius: Math.min(radius, band.half / 3),
    opacity: count <= 300 ? 0.6 : count <= 1200 ? 0.42 : 0.3,
  };
}

/** Place of a fact's point on the page, or null for a hole. `position` is the row from the top. */
export function pointAt(
  { matrix, layout, density }: DriftPoints,
  { fact, language, position }: { fact: number; language: number; position: number },
): { x: number; y: number } | null {
  const value = matrix.values[fact * matrix.languages + language];
  if (Number.isNaN(value)) return null;
  const { band } = layout;
  const offset = spread(fact, value, density(language), matrix.max) * (band.half - 1.5);
  return { x: layout.x(value), y: layout.top + position * layout.rowHeight + band.centre + offset };
}

/** Calls back with every point of a row. */
function eachPoint(
  points: DriftPoints,
  language: number,
  position: number,
  visit: (x: number, y: number) => void,
): void {
  const { matrix, layout } = points;
  const density = points.density(language);
  const { values, languages, max } = matrix;
  const [left] = layout.x.range();
  const slope = layout.x(1) - layout.x(0);
  const centre = layout.top + position * layout.rowHeight + layout.band.centre;
  const half = layout.band.half - 1.5;
  for (let f = 0, i = language; i < values.length; f++, i += languages) {
    const value = values[i];
    if (!Number.isNaN(value))
      visit(left + slope * value, centre + spread(f, value, density, max) * half);
  }
}

/** Draws the dots of one row. The context is scaled so that it draws in pixels of the page. */
export function drawDriftRow(
  context: CanvasRenderingContext2D,
  points: DriftPoints,
  row: { language: number; position: number; color: string; ratio: number },
): void {
  const count = points.matrix.values.length / points.matrix.languages;
  if (count > MOST_DOTS) drawCounted(context, points, row);
  else drawDots(context, points, row);
}

function drawDots(
  context: CanvasRenderingContext2D,
  points: DriftPoints,
  { language, position, color }: { language: number; position: number; color: string },
): void {
  const { radius, opacity } = dotStyle(
    points.matrix.values.length / points.matrix.languages,
    points.layout,
  );
  context.fillStyle = color;
  context.globalAlpha = opacity;
  eachPoint(points, language, position, (x, y) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  });
  context.globalAlpha = 1;
}

/** Opacity of each device pixel rises with the number of points on it. */
function drawCounted(
  context: CanvasRenderingContext2D,
  points: DriftPoints,
  {
    language,
    position,
    color,
    ratio,
  }: { language: number; position: number; color: string; ratio: number },
): void {
  const { layout } = points;
  const top = Math.round((layout.top + position * layout.rowHeight) * ratio);
  const width = Math.round(layout.width * ratio);
  const height = Math.floor(layout.rowHeight * ratio);
  const counts = new Uint16Array(width * height);
  eachPoint(points, language, position, (x, y) => {
    const row = Math.floor(y * ratio) - top;
    if (row >= 0 && row < height) counts[row * width + Math.floor(x * ratio)]++;
  });
  const image = context.createImageData(width, height);
  const number = Number.parseInt(color.slice(1), 16);
  const strength = 1.1 / meanOfFilled(counts);
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    image.data[4 * i] = number >> 16;
    image.data[4 * i + 1] = (number >> 8) & 255;
    image.data[4 * i + 2] = number & 255;
    image.data[4 * i + 3] = Math.max(56, 255 * (1 - Math.exp(-strength * counts[i])));
  }
  context.putImageData(image, 0, top);
}

function meanOfFilled(counts: Uint16Array): number {
  let [sum, filled] = [0, 0];
  for (const count of counts) {
    sum += count;
    if (count > 0) filled++;
  }
  return sum / Math.max(1, filled);
}

/** The dots of a row as one path of round line caps: the small form for an exported picture. */
function dotPath(points: DriftPoints, language: number, position: number): string {
  let path = '';
  eachPoint(points, language, position, (x, y) => (path += `M${x.toFixed(1)} ${y.toFixed(1)}h0`));
  return path;
}

/** More dots than this go into an exported picture as an image, which is then the smaller form. */
const MOST_EXPORTED_DOTS = 40_000;

/** Puts the dots of the canvas into an exported picture. */
export function appendDots(
  svg: SVGSVGElement,
  points: DriftPoints,
  {
    order,
    colors,
    canvas,
  }: { order: number[]; colors: string[]; canvas: HTMLCanvasElement | null },
): void {
  const group = svg.querySelector('[data-points]');
  const facts = points.matrix.values.length / points.matrix.languages;
  if (facts * order.length > MOST_EXPORTED_DOTS && canvas !== null) {
    const { width, axisY } = points.layout;
    group?.append(
      svgElement('image', { width, height: axisY, href: canvas.toDataURL('image/png') }),
    );
    return;
  }
  const { radius, opacity } = dotStyle(facts, points.layout);
  order.forEach((language, position) => {
    const style = {
      stroke: colors[language],
      'stroke-width': 2 * radius,
      'stroke-opacity': opacity,
    };
    const d = dotPath(points, language, position);
    group?.append(svgElement('path', { d, fill: 'none', 'stroke-linecap': 'round', ...style }));
  });
}

function svgElement(name: string, attributes: Record<string, string | number>): Element {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
