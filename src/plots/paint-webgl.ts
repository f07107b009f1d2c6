import { AnalyzerError } from '../core/errors.ts';
import type { MapFrame } from './draw-projection.ts';
import type { MapMarks } from './map-marks.ts';
import type { MapPainter } from './map-painter.ts';
import { pixelScale, type PixelScale } from './paint-pixels.ts';

const PAGE = `#version 300 es
uniform vec3 transform; // scale, left, top
uniform vec2 size;
vec2 toCanvas(vec2 place) {
  return vec2(transform.x * place.x + transform.y, transform.z - transform.x * place.y);
}
vec4 clip(vec2 at) {
  return vec4(at / size * vec2(2, -2) + vec2(-1, 1), 0, 1);
}`;

/** A square around each point, one instance a point. */
const POINTS = {
  vertex: `${PAGE}
uniform float radius;
in vec3 point; // x, y, relative radius
in vec4 ink;
out vec2 offset;
out float reach;
out vec4 color;
void main() {
  reach = radius * point.z + 0.5;
  offset = (reach + 0.5) * vec2((gl_VertexID & 1) * 2 - 1, (gl_VertexID & 2) - 1);
  color = vec4(ink.rgb * ink.a, ink.a);
  gl_Position = clip(toCanvas(point.xy) + offset);
}`,
  fragment: `#version 300 es
precision highp float;
in vec2 offset;
in float reach;
in vec4 color;
out vec4 result;
void main() {
  result = color * clamp(reach - length(offset), 0.0, 1.0);
}`,
};

/** A strip along each thread, one instance a thread. */
const THREADS = {
  vertex: `${PAGE}
uniform float width;
in vec4 thread; // from x, y to x, y
out float across;
void main() {
  vec2 from = toCanvas(thread.xy);
  vec2 along = toCanvas(thread.zw) - from;
  vec2 normal = vec2(-along.y, along.x) / max(length(along), 1e-6);
  across = (width / 2.0 + 1.0) * float((gl_VertexID & 2) - 1);
  gl_Position = clip(from + along * float(gl_VertexID & 1) + normal * across);
}`,
  fragment: `#version 300 es
precision highp float;
uniform float width;
uniform vec4 threadInk;
in float across;
out vec4 result;
void main() {
  float cover = clamp(width / 2.0 + 0.5 - abs(across), 0.0, 1.0) * min(width, 1.0);
  result = vec4(threadInk.rgb * threadInk.a, threadInk.a) * cover;
}`,
};

const ATTRIBUTES: WebGLContextAttributes = {
  antialias: false,
  depth: false,
  failIfMajorPerformanceCaveat: true,
};

/** Renderers that imitate a graphics card on the processor: hundreds of times slower than pixels written in memory. */
const IMITATIONS = /swiftshader|llvmpipe|softpipe|basic render|software/i;

let card: boolean | undefined;

/** Whether WebGL2 runs on a graphics card. Asked once, on a canvas of its own: one that was asked draws in no other way. */
export function hasGraphicsCard(): boolean {
  if (card !== undefined) return card;
  const gl = document.createElement('canvas').getContext('webgl2', ATTRIBUTES);
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl?.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return (card = typeof renderer === 'string' && !IMITATIONS.test(renderer));
}

/** Draws with WebGL2; null where the browser has none. A context that was lost and came back is filled again. */
export function webglPainter(canvas: HTMLCanvasElement): MapPainter | null {
  const gl = canvas.getContext('webgl2', ATTRIBUTES);
  if (gl === null) return null;
  let scene = mapScene(gl);
  let again: () => void = () => undefined;
  canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
  canvas.addEventListener('webglcontextrestored', () => {
    scene = mapScene(gl);
    again();
  });
  const paint = (marks: MapMarks, frame: MapFrame, ratio: number): void => {
    again = () => paint(marks, frame, ratio);
    if (!gl.isContextLost()) scene(marks, pixelScale(marks, frame, ratio));
  };
  return {
    name: 'webgl2',
    paint,
    free: () => {
      again = () => undefined;
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

/** What draws marks; they go to the card when they are others than the last time. */
function mapScene(gl: WebGL2RenderingContext): (marks: MapMarks, to: PixelScale) => void {
  const points = stamp(gl, POINTS);
  const threads = stamp(gl, THREADS);
  let known: MapMarks | null = null;
  gl.enable(gl.BLEND);
  return (marks, to) => {
    if (marks !== known) {
      points.fill({
        point: { values: marks.points, size: 3 },
        ink: { values: marks.inks, size: 4 },
      });
      threads.fill({ thread: { values: marks.threads, size: 4 } });
      known = marks;
    }
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clear(gl.COLOR_BUFFER_BIT);
    // All threads have one ink: where they cross, the stronger counts, as if they were one path.
    gl.blendEquation(gl.MAX);
    const [red, green, blue, opacity] = marks.threadInk;
    threads.draw(marks.threads.length / 4, to, {
      width: [to.thread],
      threadInk: [red / 255, green / 255, blue / 255, opacity / 255],
    });
    gl.blendEquation(gl.FUNC_ADD);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    points.draw(marks.points.length / 3, to, { radius: [to.radius] });
  };
}

interface Stamp {
  /** Numbers of each instance, by the name of the attribute. */
  fill: (attributes: Record<string, { values: Float32Array | Uint8Array; size: number }>) => void;
  draw: (instances: number, to: PixelScale, uniforms: Record<string, number[]>) => void;
}

/** A shape of four corners that is drawn once for each instance. */
function stamp(gl: WebGL2RenderingContext, shaders: { vertex: string; fragment: string }): Stamp {
  const program = link(gl, shaders);
  const shape = gl.createVertexArray();
  const buffers = new Map<string, WebGLBuffer>();
  return {
    fill: (attributes) => {
      gl.bindVertexArray(shape);
      for (const [name, { values, size }] of Object.entries(attributes)) {
        const location = gl.getAttribLocation(program, name);
        const buffer = buffers.get(name) ?? gl.createBuffer();
        buffers.set(name, buffer);
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
        const bytes = values instanceof Uint8Array;
        gl.enableVertexAttribArray(location);
        gl.vertexAttribPointer(location, size, bytes ? gl.UNSIGNED_BYTE : gl.FLOAT, bytes, 0, 0);
        gl.vertexAttribDivisor(location, 1);
      }
    },
    draw: (instances, to, uniforms) => {
      if (instances === 0) return;
      gl.useProgram(program);
      gl.bindVertexArray(shape);
      const size = [gl.drawingBufferWidth, gl.drawingBufferHeight];
      const all = { ...uniforms, size, transform: [to.scale, to.left, to.top] };
      for (const [name, values] of Object.entries(all)) setUniform(gl, program, name, values);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, instances);
    },
  };
}

function setUniform(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  name: string,
  values: number[],
): void {
  const location = gl.getUniformLocation(program, name);
  if (values.length === 1) gl.uniform1fv(location, values);
  else if (values.length === 2) gl.uniform2fv(location, values);
  else if (values.length === 3) gl.uniform3fv(location, values);
  else gl.uniform4fv(location, values);
}

function link(
  gl: WebGL2RenderingContext,
  { vertex, fragment }: { vertex: string; fragment: string },
): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) continue;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true && !gl.isContextLost())
    throw new AnalyzerError(
      'gpu/unavailable',
      `The graphics card does not take the map's program: ${gl.getProgramInfoLog(program) ?? ''}`,
      { hint: 'Switch off hardware acceleration in the settings of the browser.' },
    );
  return program;
}
