import { pointRadius, type MapFrame } from './draw-projection.ts';
import type { MapMarks } from './map-marks.ts';
import type { MapPainter } from './map-painter.ts';

/** From the map to pixels of a canvas: x' = scale * x + left, y' = top - scale * y; sizes in these pixels. */
export interface PixelScale {
  scale: number;
  left: number;
  top: number;
  /** Radius of a point of relative size 1. */
  radius: number;
  /** Width of a thread. */
  thread: number;
}

/** @param ratio pixels of the canvas to one of the page */
export function pixelScale(
  { count }: MapMarks,
  { transform, zoom }: MapFrame,
  ratio: number,
): PixelScale {
  return {
    scale: transform.scale * ratio,
    left: transform.left * ratio,
    top: transform.top * ratio,
    radius: pointRadius(count, zoom) * ratio,
    thread: ratio,
  };
}

/** Draws in memory, without a call into the browser for any mark; null where there is no 2D context. */
export function pixelPainter(canvas: HTMLCanvasElement): MapPainter | null {
  const context = canvas.getContext('2d');
  if (context === null) return null;
  let image = new ImageData(1, 1);
  let pixels = pixelsOf(image);
  return {
    name: 'pixels',
    paint: (marks, frame, ratio) => {
      if (image.width !== canvas.width || image.height !== canvas.height) {
        image = new ImageData(canvas.width, canvas.height);
        pixels = pixelsOf(image);
      }
      layMarks(pixels, marks, pixelScale(marks, frame, ratio));
      context.putImageData(image, 0, 0);
    },
    free: () => undefined,
  };
}

/** Row by row. */
export interface Pixels {
  width: number;
  height: number;
  /**
   * Straight (not premultiplied) red in the lowest byte, then green, blue and opacity: the bytes of an `ImageData` where the
   * lowest comes first in memory, as it does wherever WebAssembly runs.
   */
  words: Int32Array;
  /** Opacity of the threads. */
  veil: Uint8Array;
}

export function pixelsOf({ width, height, data }: ImageData): Pixels {
  const words = new Int32Array(data.buffer);
  return { width, height, words, veil: new Uint8Array(width * height) };
}

/** Lays threads, then points, over what was there before. */
export function layMarks(pixels: Pixels, marks: MapMarks, to: PixelScale): void {
  layThreads(pixels, marks, to);
  layPoints(pixels, marks, to);
}

/** Parts of a pixel at which the middle of a disc can lie, each way. */
const PHASES = 4;

/** Pixels of a disc that are not clear, as seen from the pixel of its middle. */
interface Disc {
  /** All lie within so many rows and columns. */
  far: number;
  columns: Int8Array;
  rows: Int8Array;
  /** In the words of a picture: row times its width, plus column. */
  steps: Int32Array;
  /** In [1, 256]. */
  covers: Int16Array;
}

/** A pixel is covered as far as its middle lies within half a pixel of the edge. (x, y): the disc's middle, in [0, 1). */
function discAt([x, y]: [number, number], radius: number, width: number): Disc {
  const far = Math.ceil(radius) + 1;
  const found: [number, number, number][] = [];
  for (let row = -far; row <= far; row++) {
    for (let column = -far; column <= far; column++) {
      const apart = Math.hypot(column + 0.5 - x, row + 0.5 - y);
      const cover = Math.round(256 * Math.min(1, radius + 0.5 - apart));
      if (cover > 0) found.push([column, row, cover]);
    }
  }
  return {
    far,
    steps: Int32Array.from(found, ([column, row]) => row * width + column),
    columns: Int8Array.from(found, ([column]) => column),
    rows: Int8Array.from(found, ([, row]) => row),
    covers: Int16Array.from(found, ([, , cover]) => cover),
  };
}

/** A disc for each phase, by 4 times that of y plus that of x. */
function discs(radius: number, width: number): Disc[] {
  return Array.from({ length: PHASES * PHASES }, (_, i) =>
    discAt([((i % PHASES) + 0.5) / PHASES, (Math.floor(i / PHASES) + 0.5) / PHASES], radius, width),
  );
}

function layPoints(pixels: Pixels, { points, inks }: MapMarks, to: PixelScale): void {
  const words = new Int32Array(inks.buffer, inks.byteOffset, inks.length / 4);
  const bySize = new Map<number, Disc[]>();
  for (let i = 0; i < words.length; i++) {
    const x = to.scale * points[3 * i] + to.left;
    const y = to.top - to.scale * points[3 * i + 1];
    const size = points[3 * i + 2];
    const shapes = bySize.get(size) ?? discs(to.radius * size, pixels.width);
    bySize.set(size, shapes);
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const phase = PHASES * Math.floor(PHASES * (y - row)) + Math.floor(PHASES * (x - column));
    layDisc(pixels, shapes[phase], { column, row }, words[i]);
  }
}

/** Most discs lie wholly in the picture or, when it is zoomed, beyond it: neither is asked for each pixel where it lies. */
function layDisc(
  { width, height, words }: Pixels,
  { far, columns, rows, steps, covers }: Disc,
  { column, row }: { column: number; row: number },
  ink: number,
): void {
  if (column < -far || row < -far || column >= width + far || row >= height + far) return;
  const isCut = column < far || row < far || column >= width - far || row >= height - far;
  const opacity = ink >>> 24;
  const middle = row * width + column;
  for (let k = 0; k < covers.length; k++) {
    if (isCut && !isWithin(column + columns[k], width)) continue;
    if (isCut && !isWithin(row + rows[k], height)) continue;
    const i = middle + steps[k];
    words[i] = over(words[i], ink, (opacity * covers[k] + 128) >> 8);
  }
}

function isWithin(place: number, end: number): boolean {
  return place >= 0 && place < end;
}

/** 65,536 divided by an opacity. */
const INVERSE = Int32Array.from({ length: 256 }, (_, opacity) => Math.round(65_536 / opacity));

/** An ink of this opacity in [0, 255] on top: out = a + b (1 - a), colour = below + (above - below) a / out. */
function over(below: number, ink: number, alpha: number): number {
  const under = below >>> 24;
  if (under === 0 || alpha === 0) return alpha === 0 ? below : (ink & 0xffffff) | (alpha << 24);
  const out = alpha + under - ((Math.imul(Math.imul(alpha, under), 257) + 32_768) >> 16);
  const share = Math.imul(alpha, INVERSE[out]);
  return (
    mixed(below & 255, ink & 255, share) |
    (mixed((below >>> 8) & 255, (ink >>> 8) & 255, share) << 8) |
    (mixed((below >>> 16) & 255, (ink >>> 16) & 255, share) << 16) |
    (out << 24)
  );
}

/** @param share of the ink, in [0, 65,536] */
function mixed(below: number, ink: number, share: number): number {
  return below + ((Math.imul(ink - below, share) + 32_768) >> 16);
}

/** More threads than this are a veil whose stairs nobody sees, and are drawn without smooth edges. */
const MOST_SMOOTH = 8000;

function layThreads(pixels: Pixels, { threads, threadInk }: MapMarks, to: PixelScale): void {
  const { words, veil } = pixels;
  words.fill(0);
  if (threads.length === 0) return;
  veil.fill(0);
  const smooth = threads.length / 4 <= MOST_SMOOTH;
  const flat = { opacity: threadInk[3], width: to.thread, smooth, steep: false };
  const steep = { ...flat, steep: true };
  for (let i = 0; i < threads.length; i += 4) {
    const x1 = to.scale * threads[i] + to.left;
    const y1 = to.top - to.scale * threads[i + 1];
    const x2 = to.scale * threads[i + 2] + to.left;
    const y2 = to.top - to.scale * threads[i + 3];
    if (Math.abs(y2 - y1) > Math.abs(x2 - x1)) layThread(pixels, lineFrom(y1, x1, y2, x2), steep);
    else layThread(pixels, lineFrom(x1, y1, x2, y2), flat);
  }
  const color = (threadInk[2] << 16) | (threadInk[1] << 8) | threadInk[0];
  for (let i = 0; i < veil.length; i++) if (veil[i] > 0) words[i] = color | (veil[i] << 24);
}

/** A line as across = at + slope * along, for along in [from, to]. */
interface Line {
  from: number;
  to: number;
  at: number;
  slope: number;
}

function lineFrom(a: number, b: number, c: number, d: number): Line {
  const slope = c === a ? 0 : (d - b) / (c - a);
  return { from: Math.min(a, c), to: Math.max(a, c), at: b - slope * a, slope };
}

interface Brush {
  /** In [0, 255]. */
  opacity: number;
  width: number;
  /** Along the columns. */
  steep: boolean;
  smooth: boolean;
}

/**
 * A line by steps of one pixel along the axis it runs most along. Where lines cross, the stronger one counts: together
 * they are one shape of one ink, as one path is.
 */
function layThread({ width, height, veil }: Pixels, line: Line, brush: Brush): void {
  const [stepAlong, stepAcross] = brush.steep ? [width, 1] : [1, width];
  const [along, across] = brush.steep ? [height, width] : [width, height];
  const half = (brush.width / 2) * Math.sqrt(1 + line.slope * line.slope);
  const [enters, leaves] = inside(line, half, across);
  const end = Math.min(along, Math.ceil(leaves - 0.5));
  for (let step = Math.max(0, Math.ceil(enters - 0.5)); step < end; step++) {
    const low = line.at + line.slope * (step + 0.5) - half;
    const start = step * stepAlong;
    if (brush.smooth) layAcross(veil, { start, stepAcross }, [low, low + 2 * half], brush.opacity);
    else {
      const first = (low + 0.5) | 0;
      const last = (low + 2 * half + 0.5) | 0;
      for (let k = first; k < last; k++) veil[start + k * stepAcross] = brush.opacity;
    }
  }
}

/** Pixels from `low` to `high` across a line, those at its edges as far as they are covered. */
function layAcross(
  veil: Uint8Array,
  { start, stepAcross }: { start: number; stepAcross: number },
  [low, high]: [number, number],
  opacity: number,
): void {
  const [first, last] = [low | 0, high | 0];
  for (let k = first; k <= last; k++) {
    const cover = (k === last ? high : k + 1) - (k === first ? low : k);
    const alpha = (opacity * cover + 0.5) | 0;
    const pixel = start + k * stepAcross;
    if (veil[pixel] < alpha) veil[pixel] = alpha;
  }
}

/** Where along the line all of its width lies in [0, across). */
function inside(
  { from, to, at, slope }: Line,
  half: number,
  across: number,
): [enters: number, leaves: number] {
  if (slope === 0) return half <= at && at + half < across ? [from, to] : [0, 0];
  // A little less than all, since places are rounded.
  const start = (half - at) / slope;
  const end = (across - half - at) / slope;
  const care = 1e-3 / Math.abs(slope);
  return [Math.max(from, Math.min(start, end) + care), Math.min(to, Math.max(start, end) - care)];
}
