/** Civil time of the proleptic Gregorian calendar; months from 1, seconds of Unix time. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
}

export const DAY = 86_400;

/** Days since 1970-01-01; the month may be out of range and is carried into the year. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = new Date(0);
  shifted.setUTCFullYear(year, month - 1, day);
  return Math.round(shifted.getTime() / (DAY * 1000));
}

export function civilFromSeconds(seconds: number, nanosecond: number): Civil {
  const date = new Date(seconds * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond,
  };
}

export function secondsFromCivil({ year, month, day, hour, minute, second }: Omit<Civil, "nanosecond">): number {
  return daysFromCivil(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
}

export function daysInMonth(year: number, month: number): number {
  return daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

/** 0 is Sunday. */
export function weekday(seconds: number): number {
  const day = (Math.floor(seconds / DAY) + 4) % 7;
  return day < 0 ? day + 7 : day;
}

export function dayOfYear({ year, month, day }: Civil): number {
  return daysFromCivil(year, month, day) - daysFromCivil(year, 1, 1) + 1;
}

export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
