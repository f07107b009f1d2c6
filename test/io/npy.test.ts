import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnalyzerError } from '../../src/core/errors.ts';
import { fromNpy } from '../../src/io/read/from-npy.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';

/** A file as NumPy writes it, with any header. */
function npy(header: string, values: Uint8Array, version = 1): Uint8Array {
  const size =
    version === 1
      ? [header.length & 255, header.length >> 8]
      : [header.length & 255, header.length >> 8, 0, 0];
  return Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    version,
    0,
    ...size,
    ...new TextEncoder().encode(header),
    ...values,
  ]);
}

const dictionary = (descr: string, order = 'False', shape = '(2,)'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

function refusal(bytes: Uint8Array): string {
  try {
    fromNpy(bytes, 'e.npy');
  } catch (thrown) {
    if (thrown instanceof AnalyzerError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'read';
}

describe('toNpy', () => {
  it('writes the bytes that numpy.save writes', () => {
    // python3 -c "import numpy, io; b = io.BytesIO(); numpy.save(b, numpy.array([[1.5, -2]], 'f4')); print(b.getvalue().hex())"
    const bytes = toNpy(Float32Array.of(1.5, -2), [1, 2]);
    expect(Buffer.from(bytes).toString('hex')).toBe(NUMPY_F4);
  });

  it.each([
    [[], 0],
    [[2, 2, 1, 1], 4],
    [[3], 4],
  ])('refuses the shape %j for %d values', (shape, count) => {
    expect(() => toNpy(new Float32Array(count), shape)).toThrow(
      `toNpy: shape [${shape.join(', ')}]`,
    );
  });

  it('begins the values at a multiple of 64 bytes, however long the shape is', () => {
    for (const shape of [[1], [1, 1, 1], [1_000_000, 0, 1_000_000], [123456789, 987654321, 0]]) {
      expect(toNpy(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape).length % 64).toBe(
        shape.includes(0) ? 0 : 8,
      );
    }
  });
});

describe('fromNpy', () => {
  it('reads what toNpy writes: same shape, same bits', () => {
    const shape = fc.array(fc.nat(4), { minLength: 1, maxLength: 3 });
    const kind = fc.constantFrom(
      (values: number[]) => Float32Array.from(values),
      (values: number[]) => Float64Array.from(values),
      (values: number[]) => Int32Array.from(values),
    );
    fc.assert(
      fc.property(shape, kind, fc.infiniteStream(fc.double()), (sizes, arrayOf, numbers) => {
        const count = sizes.reduce((a, b) => a * b, 1);
        const data = arrayOf(Array.from({ length: count }, () => numbers.next().value as number));
        const read = fromNpy(toNpy(data, sizes), 'e.npy');
        expect(read.shape).toEqual(sizes);
        expect(read.data.constructor).toBe(data.constructor);
        expect(Buffer.from(read.data.buffer).equals(Buffer.from(data.buffer))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('reads format 2.0, keys in any order, and int64 as numbers', () => {
    const values = new Uint8Array(BigInt64Array.of(-7n, 9007199254740991n).buffer);
    const header = "{'shape': (2,), 'descr': '<i8', 'fortran_order': False}   \n";
    expect(fromNpy(npy(header, values, 2), 'e.npy')).toEqual({
      shape: [2],
      data: Float64Array.of(-7, 9007199254740991),
    });
  });

  it('reads values at an offset that is not aligned', () => {
    const whole = new Uint8Array(300);
    const bytes = toNpy(Float64Array.of(1, 2, 3), [3]);
    whole.set(bytes, 3);
    expect([...fromNpy(whole.subarray(3, 3 + bytes.length), 'e.npy').data]).toEqual([1, 2, 3]);
  });

  it('reads every half-precision number as NumPy does', () => {
    // numpy.arange(65536, dtype='<u2').view('<f2'): those that are not NaN, summed by sign and size.
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const { data } = fromNpy(
      npy(dictionary('<f2', 'False', '(65536,)'), new Uint8Array(bits.buffer)),
      'e.npy',
    );
    const known: [number, number][] = [
      [0x0001, 2 ** -24],
      [0x03ff, 6.097555160522461e-5],
      [0x0400, 6.103515625e-5],
      [0x3555, 0.333251953125],
      [0x7bff, 65504],
      [0x7c00, Infinity],
      [0xc000, -2],
    ];
    for (const [pattern, value] of known) expect(data[pattern]).toBe(value);
    expect(Object.is(data[0x8000], -0)).toBe(true);
    expect([...data].filter(Number.isNaN).length).toBe(2046);
    for (let i = 1; i < 0x7c00; i++) expect(data[i]).toBeGreaterThan(data[i - 1]);
  });

  const eight = new Uint8Array(8);
  it.each([
    [
      'a text',
      new TextEncoder().encode('fact,language'),
      'format/damaged: e.npy is no NumPy array',
    ],
    ['no bytes', new Uint8Array(), 'format/damaged: e.npy is no NumPy array'],
    [
      'version 3',
      npy(dictionary('<f4'), eight, 3),
      'format/unknown: e.npy has NumPy format version 3',
    ],
    [
      'a header cut off',
      npy(dictionary('<f4'), eight).slice(0, 30),
      'format/damaged: e.npy is cut off inside its header.',
    ],
    [
      'missing values',
      npy(dictionary('<f4'), eight.slice(1)),
      'format/damaged: e.npy has 7 bytes of values but its shape [2] of f4 needs 8.',
    ],
    [
      'values too many',
      npy(dictionary('<f4'), new Uint8Array(9)),
      'format/damaged: e.npy has 9 bytes',
    ],
    [
      'complex numbers',
      npy(dictionary('<c8'), eight),
      'format/unknown: e.npy holds values of type <c8;',
    ],
    [
      'objects',
      npy(dictionary('|O'), eight),
      'format/unknown: e.npy holds pickled Python objects (type |O), which are never loaded.',
    ],
    [
      'a shape far beyond its values',
      npy(dictionary('<f4', 'False', '(9007199254740991, 9007199254740991)'), eight),
      'format/damaged: e.npy has 8 bytes of values but its shape',
    ],
    ['a type named like a method', npy(dictionary('toString'), eight), 'format/unknown'],
    [
      'no dimension',
      npy(dictionary('<f4', 'False', '()'), eight.slice(4)),
      'format/unknown: e.npy has the shape ()',
    ],
    [
      'five dimensions',
      npy(dictionary('<f4', 'False', '(2, 1, 1, 1, 1)'), eight),
      'format/unknown: e.npy has the shape',
    ],
    [
      'a size that is no number',
      npy(dictionary('<f4', 'False', '(2, 3 4)'), eight),
      'format/unknown',
    ],
    [
      'code',
      npy("{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (2,)}", eight),
      'format/damaged',
    ],
    [
      'an entry twice',
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'descr': '<f4'}", eight),
      'format/damaged',
    ],
    ['an entry too many', npy(dictionary('<f4').replace('}', "'x': 1}"), eight), 'format/damaged'],
    [
      'an integer too large',
      npy(dictionary('<i8', 'False', '(1,)'), new Uint8Array(8).fill(0x7f)),
      'format/unknown: e.npy holds the integer',
    ],
  ])('refuses %s with a sentence', (_, bytes, sentence) => {
    expect(refusal(bytes)).toContain(sentence);
  });

  it('refuses or reads whatever bytes it is given, and never breaks', () => {
    const bytes = toNpy(Float32Array.of(1, 2, 3, 4), [2, 2]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(bytes.length),
        (changes, end) => {
          const changed = bytes.slice(0, end % 3 === 0 ? end : bytes.length);
          for (const [at, value] of changes) if (at < changed.length) changed[at] = value;
          expect(refusal(changed)).toMatch(/^(read|format\/(damaged|unknown): )/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const NUMPY_F4 =
  '934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028312c2032292c207d202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a0000c03f000000c0';
