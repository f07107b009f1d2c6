import type { Attachment } from 'svelte/attachments';
import { shifted, zoomAt, type MapView, type Size } from './projection-view.ts';

interface GestureTarget {
  view: () => MapView;
  size: () => Size;
  onview: (view: MapView) => void;
  onclick: (x: number, y: number) => void;
}

interface Finger {
  x: number;
  y: number;
}

/** A pointer that moved less than this between down and up was a click. */
const CLICK_REACH = 4;

/**
 * Drag to move, two fingers to zoom, wheel to zoom. The wheel is left to the page until the map has the focus (or with
 * Ctrl held), so that scrolling past it does not stop at it.
 */
export function mapGestures(target: GestureTarget): Attachment<SVGSVGElement> {
  return (element) => {
    const { signal, abort } = abortable();
    const fingers = followFingers(element, target);
    element.addEventListener('pointerdown', fingers.down, { signal });
    element.addEventListener('pointermove', fingers.move, { signal });
    element.addEventListener('pointerup', fingers.up, { signal });
    element.addEventListener('pointercancel', fingers.up, { signal });
    element.addEventListener('wheel', (event) => turn(element, target, event), {
      signal,
      passive: false,
    });
    return abort;
  };
}

function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

function local(element: Element, { clientX, clientY }: MouseEvent): Finger {
  const box = element.getBoundingClientRect();
  return { x: clientX - box.left, y: clientY - box.top };
}

function followFingers(
  element: SVGSVGElement,
  { view, size, onview, onclick }: GestureTarget,
): Record<'down' | 'move' | 'up', (event: PointerEvent) => void> {
  const fingers = new Map<number, Finger>();
  let start: Finger | null = null;
  let dragged = false;

  return {
    down: (event) => {
      if (event.button !== 0) return;
      start = local(element, event);
      fingers.set(event.pointerId, start);
      dragged = fingers.size > 1;
    },
    move: (event) => {
      const before = fingers.get(event.pointerId);
      if (before === undefined || start === null) return;
      const at = local(element, event);
      if (!dragged && Math.hypot(at.x - start.x, at.y - start.y) < CLICK_REACH) return;
      if (!dragged) element.setPointerCapture(event.pointerId);
      dragged = true;
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, at);
      if (other === undefined) onview(shifted(view(), at.x - before.x, at.y - before.y));
      else onview(pinched(view(), size(), { before, at, other }));
    },
    up: (event) => {
      if (!fingers.delete(event.pointerId) || fingers.size > 0) return;
      const { x, y } = local(element, event);
      if (!dragged && event.type === 'pointerup') onclick(x, y);
      start = null;
    },
  };
}

/** The view after one of two fingers moved: zoomed by how their distance changed, about their middle. */
function pinched(
  view: MapView,
  size: Size,
  { before, at, other }: { before: Finger; at: Finger; other: Finger },
): MapView {
  const apart = (finger: Finger): number => Math.hypot(finger.x - other.x, finger.y - other.y);
  const moved = shifted(view, (at.x - before.x) / 2, (at.y - before.y) / 2);
  const factor = apart(at) / apart(before);
  if (!Number.isFinite(factor) || factor === 0) return moved;
  return zoomAt(moved, factor, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2, ...size });
}

function turn(
  element: SVGSVGElement,
  { view, size, onview }: GestureTarget,
  event: WheelEvent,
): void {
  if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
  event.preventDefault();
  const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
  const speed = event.ctrlKey ? 0.01 : 0.002;
  onview(zoomAt(view(), Math.exp(-pixels * speed), { ...local(element, event), ...size() }));
}
