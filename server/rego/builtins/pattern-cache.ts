/** Compiled patterns by their source, the least recently used dropped: a policy can make any number of them. */
export class PatternCache<Pattern> {
  private readonly patterns = new Map<string, Pattern>();
  private readonly compile: (source: string) => Pattern;
  private readonly limit: number;

  constructor(compile: (source: string) => Pattern, limit = 200) {
    this.compile = compile;
    this.limit = limit;
  }

  get(source: string): Pattern {
    const known = this.patterns.get(source);
    if (known !== undefined && this.patterns.size < this.limit) return known;
    this.patterns.delete(source);
    const pattern = known ?? this.compile(source);
    this.patterns.set(source, pattern);
    if (this.patterns.size > this.limit) {
      for (const oldest of this.patterns.keys()) {
        this.patterns.delete(oldest);
        break;
      }
    }
    return pattern;
  }
}
