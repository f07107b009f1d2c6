/** Writes the parts of an ONNX file (onnx.proto3) that a graph of plain operators needs. */

/** A field of a protobuf message: its number, and a whole number, a text or bytes. */
export type Field = [number: number, value: number | string | Uint8Array];

const TYPES = { float: 1, int8: 3, int64: 7 } as const;
const OPSET_ATTRIBUTE = { int: 2, ints: 7 } as const;

export function message(fields: Field[]): Uint8Array {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [varint(number << 3), varint(value)];
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return [varint((number << 3) | 2), varint(bytes.length), bytes];
  });
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** Seven bits a byte, lowest first; negative numbers as 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}

export function node(
  type: string,
  inputs: string[],
  outputs: string[],
  attributes: Record<string, number | number[]> = {},
): Uint8Array {
  return message([
    ...inputs.map((name): Field => [1, name]),
    ...outputs.map((name): Field => [2, name]),
    [4, type],
    ...Object.entries(attributes).map(([name, value]): Field => [5, attribute(name, value)]),
  ]);
}

function attribute(name: string, value: number | number[]): Uint8Array {
  return typeof value === 'number'
    ? message([
        [1, name],
        [3, value],
        [20, OPSET_ATTRIBUTE.int],
      ])
    : message([[1, name], ...value.map((one): Field => [8, one]), [20, OPSET_ATTRIBUTE.ints]]);
}

export function tensor(
  name: string,
  values: Float32Array | Int8Array | BigInt64Array,
  dims: number[],
): Uint8Array {
  const type =
    values instanceof Float32Array ? 'float' : values instanceof Int8Array ? 'int8' : 'int64';
  return message([
    ...dims.map((dim): Field => [1, dim]),
    [2, TYPES[type]],
    [8, name],
    [9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)],
  ]);
}

/** An input or output; a dimension is a number, or a name where it varies. */
export function valueInfo(
  name: string,
  type: keyof typeof TYPES,
  dims: (number | string)[],
): Uint8Array {
  const shape = message(
    dims.map((dim): Field => [1, message([[typeof dim === 'number' ? 1 : 2, dim]])]),
  );
  const tensorType = message([
    [1, TYPES[type]],
    [2, shape],
  ]);
  return message([
    [1, name],
    [2, message([[1, tensorType]])],
  ]);
}
