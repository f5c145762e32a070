/** The shown name of an environment, `env-77`. */
export function environmentRef(environment: { number: number }): string {
  return `env-${environment.number}`;
}

/** What audit events call it. */
export function environmentObject(environment: { id: string; number: number; name: string }) {
  return { type: "environment", id: environment.id, name: `${environmentRef(environment)} ${environment.name}` };
}
