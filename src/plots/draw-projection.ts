import { membersOf, type Groups } from './groups.ts';
import type { MapTransform, Size } from './projection-view.ts';

export interface MapPicture {
  positions: Float32Array;
  byLanguage: Groups;
  byFact: Groups;
  /** By language. */
  colors: string[];
  selectedLanguage: number | null;
  /** Draw the threads of all facts. */
  allThreads: boolean;
  inks: { thread: string; dim: string };
}

export interface MapFrame {
  transform: MapTransform;
  zoom: number;
  size: Size;
}

/** Languages take turns in this many rounds, so that the last one does not cover the others. */
const ROUNDS = 8;

/** Radius in pixels: smaller with more points, larger with zoom. */
export function pointRadius(count: number, zoom: number): number {
  const base =
    count <= 500 ? 3.5 : count <= 2000 ? 2.75 : count <= 8000 ? 2 : count <= 20_000 ? 1.5 : 1.1;
  return base * Math.min(2.5, Math.max(0.8, zoom ** 0.35));
}

interface Batch {
  color: string;
  opacity: number;
  /** Radius relative to `pointRadius`. */
  size: number;
  /** Renderings, some of one language. */
  members: Int32Array;
}

/** Points by what is drawn with one colour at a time, from the lowest to the topmost. */
export function batches({
  positions,
  byLanguage,
  colors,
  selectedLanguage,
  inks,
}: MapPicture): Batch[] {
  const count = positions.length / 2;
  const plain = count <= 2000 ? 0.85 : count <= 8000 ? 0.7 : 0.55;
  const opacity = selectedLanguage === null ? plain : 0.5;
  const result: Batch[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (let language = 0; language < colors.length; language++) {
      if (language === selectedLanguage) continue;
      const members = turn(membersOf(byLanguage, language), round);
      const color = selectedLanguage === null ? colors[language] : inks.dim;
      result.push({ color, opacity, size: 1, members });
    }
  }
  if (selectedLanguage === null) return result;
  const members = membersOf(byLanguage, selectedLanguage);
  return [...result, { color: colors[selectedLanguage], opacity: 0.95, size: 1.25, members }];
}

function turn(members: Int32Array, round: number): Int32Array {
  const at = (r: number): number => Math.floor((members.length * r) / ROUNDS);
  return members.subarray(at(round), at(round + 1));
}

/** Calls back with the place on the page of every one of `members` that lies on it. */
function eachPoint(
  { positions }: MapPicture,
  { transform, size }: MapFrame,
  members: Int32Array,
  visit: (x: number, y: number) => void,
): void {
  for (const point of members) {
    const x = transform.scale * positions[2 * point] + transform.left;
    const y = transform.top - transform.scale * positions[2 * point + 1];
    if (x >= 0 && y >= 0 && x <= size.width && y <= size.height) visit(x, y);
  }
}

/** Of all threads together: where they cross, they are no darker. In [0, 1]. */
export function threadOpacity({ positions }: MapPicture): number {
  return positions.length / 2 <= 1000 ? 0.22 : 0.12;
}

/** Calls back with every line from the middle of a fact's renderings to one of them. */
function eachThread(
  { positions, byFact }: MapPicture,
  transform: MapTransform,
  visit: (x1: number, y1: number, x2: number, y2: number) => void,
): void {
  for (let f = 0; f + 1 < byFact.starts.length; f++) {
    const members = membersOf(byFact, f);
    const middle = middleOf(positions, members);
    const x1 = transform.scale * middle.x + transform.left;
    const y1 = transform.top - transform.scale * middle.y;
    for (const point of members) {
      const x2 = transform.scale * positions[2 * point] + transform.left;
      const y2 = transform.top - transform.scale * positions[2 * point + 1];
      if (!Number.isNaN(x2)) visit(x1, y1, x2, y2);
    }
  }
}

/** Mean place of the points that have one, in the map's unit. */
export function middleOf(positions: Float32Array, members: Int32Array): { x: number; y: number } {
  let [x, y, n] = [0, 0, 0];
  for (const point of members) {
    if (Number.isNaN(positions[2 * point])) continue;
    x += positions[2 * point];
    y += positions[2 * point + 1];
    n++;
  }
  return { x: x / n, y: y / n };
}

/** Puts what the canvas shows into an exported picture: one path of lines, and paths of round line caps for the points. */
export function appendPoints(group: Element, picture: MapPicture, frame: MapFrame): void {
  if (picture.allThreads) {
    const lines: string[] = [];
    eachThread(picture, frame.transform, (x1, y1, x2, y2) =>
      lines.push(`M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`),
    );
    const style = {
      stroke: picture.inks.thread,
      'stroke-opacity': threadOpacity(picture),
      fill: 'none',
    };
    append(group, 'path', { d: lines.join(''), ...style });
  }
  const radius = pointRadius(picture.positions.length / 2, frame.zoom);
  for (const { color, opacity, size, members } of batches(picture)) {
    const dots: string[] = [];
    eachPoint(picture, frame, members, (x, y) => dots.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`));
    const style = {
      stroke: color,
      'stroke-opacity': opacity,
      'stroke-width': 2 * radius * size,
      'stroke-linecap': 'round',
    };
    if (dots.length > 0) append(group, 'path', { d: dots.join(''), fill: 'none', ...style });
  }
}

function append(group: Element, name: string, attributes: Record<string, string | number>): void {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  group.append(element);
}
