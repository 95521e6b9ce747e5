const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Where a result differs from what was expected, one line each. Objects need only the expected keys; lists must be equal
 * in length and order.
 */
export function differences(expected: unknown, actual: unknown, where = ""): string[] {
  const below = (key: string | number) => (where === "" ? String(key) : `${where}.${key}`);
  if (isObject(expected) && isObject(actual)) {
    return Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key], below(key)));
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((value, index) => differences(value, actual[index], below(index)));
  }
  if (Object.is(expected, actual)) return [];
  return [`${where}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`];
}
