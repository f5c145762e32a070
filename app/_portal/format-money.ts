/** Decimal text in a currency: cents below 1,000, whole units above; never rounds a positive amount to nothing. */
export function formatMoney(amount: string | number, currency = "USD"): string {
  const value = Number(amount);
  const small = value !== 0 && Math.abs(value) < 0.01;
  const digits = small ? 4 : Math.abs(value) >= 1000 ? 0 : 2;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
