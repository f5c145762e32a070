/** value = mantissa × 10^exponent, the mantissa without trailing zeros; zero is 0 × 10^0. */
export interface Decimal {
  readonly mantissa: bigint;
  readonly exponent: number;
  /** Of the mantissa. */
  readonly digits: number;
}
