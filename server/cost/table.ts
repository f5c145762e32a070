/** A look-up table that knows its own entries alone, so that a key from a plan never finds what every object inherits. */
export function table<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
