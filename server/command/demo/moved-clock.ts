import type { Clock } from "#server/context.ts";

/** A clock that stands where it is put, and runs only while somebody sleeps by it: weeks pass in seconds. */
export class MovedClock implements Clock {
  private at: number;

  constructor(start: Date) {
    this.at = start.getTime();
  }

  now(): Date {
    return new Date(this.at);
  }

  async sleep(ms: number): Promise<void> {
    this.at += ms;
  }

  /** Moves forward to an instant; never back, since the audit trail would show it. */
  moveTo(instant: Date): void {
    this.at = Math.max(this.at, instant.getTime());
  }
}
