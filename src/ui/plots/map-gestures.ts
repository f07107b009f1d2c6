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
export function mapGestures({
  view,
  size,
  onview,
  onclick,
}: GestureTarget): Attachment<SVGSVGElement> {
  return (element) => {
    const fingers = new Map<number, Finger>();
    let start: Finger | null = null;
    let dragged = false;

    const local = (event: MouseEvent): Finger => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };

    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      const at = local(event);
      fingers.set(event.pointerId, at);
      start = at;
      dragged = fingers.size > 1;
    };

    const move = (event: PointerEvent): void => {
      const before = fingers.get(event.pointerId);
      if (before === undefined || start === null) return;
      const at = local(event);
      if (!dragged && Math.hypot(at.x - start.x, at.y - start.y) < CLICK_REACH) return;
      if (!dragged) element.setPointerCapture(event.pointerId);
      dragged = true;
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, at);
      onview(
        other === undefined
          ? shifted(view(), at.x - before.x, at.y - before.y)
          : pinched(before, at, other),
      );
    };

    const pinched = (before: Finger, at: Finger, other: Finger): MapView => {
      const factor =
        Math.hypot(at.x - other.x, at.y - other.y) /
        Math.hypot(before.x - other.x, before.y - other.y);
      const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
      const moved = shifted(view(), (at.x - before.x) / 2, (at.y - before.y) / 2);
      return Number.isFinite(factor) ? zoomAt(moved, factor, { ...middle, ...size() }) : moved;
    };

    const up = (event: PointerEvent): void => {
      if (!fingers.delete(event.pointerId)) return;
      if (fingers.size === 0 && !dragged && event.type === 'pointerup')
        onclick(local(event).x, local(event).y);
      if (fingers.size === 0) start = null;
    };

    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
      event.preventDefault();
      const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
      const speed = event.ctrlKey ? 0.01 : 0.002;
      onview(zoomAt(view(), Math.exp(-pixels * speed), { ...local(event), ...size() }));
    };

    const controller = new AbortController();
    const { signal } = controller;
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', up, { signal });
    element.addEventListener('wheel', wheel, { signal, passive: false });
    return () => controller.abort();
  };
}
