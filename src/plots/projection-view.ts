/** What of the map is shown: a zoom factor of at least 0.5 and a shift in pixels, relative to the whole map fitted in. */
export interface MapView {
  zoom: number;
  shiftX: number;
  shiftY: number;
}

/** From map to page: x' = scale * x + left, y' = top - scale * y. The scale is the same for both axes. */
export interface MapTransform {
  scale: number;
  left: number;
  top: number;
}

export interface Size {
  width: number;
  height: number;
}

export const WHOLE_MAP: MapView = { zoom: 1, shiftX: 0, shiftY: 0 };

const PADDING = 24;
const CLOSEST = 64;
const FURTHEST = 0.5;

/** Smallest box around all points with a place: [left, bottom, right, top]. */
export function boundsOf(positions: Float32Array): [number, number, number, number] {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i];
    const y = positions[i + 1];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  return left <= right && bottom <= top ? [left, bottom, right, top] : [-1, -1, 1, 1];
}

export function mapTransform(
  [left, bottom, right, top]: [number, number, number, number],
  { width, height }: Size,
  { zoom, shiftX, shiftY }: MapView,
): MapTransform {
  const fit = Math.min(
    (width - 2 * PADDING) / Math.max(right - left, 1e-9),
    (height - 2 * PADDING) / Math.max(top - bottom, 1e-9),
  );
  const scale = Math.min(fit, 1e6) * zoom;
  return {
    scale,
    left: width / 2 + shiftX - (scale * (left + right)) / 2,
    top: height / 2 + shiftY + (scale * (top + bottom)) / 2,
  };
}

/** Zooms by a factor so that what lies under (x, y) on the page stays there. */
export function zoomAt(
  view: MapView,
  factor: number,
  { x, y, width, height }: Size & { x: number; y: number },
): MapView {
  const zoom = Math.min(CLOSEST, Math.max(FURTHEST, view.zoom * factor));
  const ratio = zoom / view.zoom;
  const aboutX = x - width / 2;
  const aboutY = y - height / 2;
  return {
    zoom,
    shiftX: aboutX - ratio * (aboutX - view.shiftX),
    shiftY: aboutY - ratio * (aboutY - view.shiftY),
  };
}

export function shifted(view: MapView, dx: number, dy: number): MapView {
  return { ...view, shiftX: view.shiftX + dx, shiftY: view.shiftY + dy };
}

/** The view moved as little as possible so that (x, y) on the page lies inside. */
export function broughtIntoView(
  view: MapView,
  { x, y, width, height }: Size & { x: number; y: number },
): MapView {
  const into = (at: number, size: number): number =>
    at < PADDING ? PADDING - at : at > size - PADDING ? size - PADDING - at : 0;
  return shifted(view, into(x, width), into(y, height));
}
