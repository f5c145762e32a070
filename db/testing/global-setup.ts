/** Placeholder until the embedded server is started here once for all test files. */
export default function setup(): void {}
