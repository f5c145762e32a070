import { randomBytes } from "node:crypto";
import { argon2id, argon2Verify } from "hash-wasm";
import { z } from "zod";

export const SHORTEST_PASSWORD = 12;

export const Password = z
  .string()
  .min(SHORTEST_PASSWORD, `A password has at least ${SHORTEST_PASSWORD} characters.`)
  .max(256, "A password has at most 256 characters.")
  .refine((value) => new Set(value).size >= 5, "A password has at least 5 different characters.");

/** Argon2id with the least cost that OWASP names for it: 19 MiB, two passes. About 60 ms. */
const cost = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;

export function hashPassword(password: string): Promise<string> {
  return argon2id({ ...cost, password: normalized(password), salt: randomBytes(16), outputType: "encoded" });
}

/** Random bytes in the form of a hash, fitting no password: checking against it takes as long as against a real one. */
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$YA0DO5fItXnavjLyaxlwoQ$BOXE1UFVvdP9QHi9w8DS+2945e/ZeNPXr9xYkutQlm4";

/** Whether the password fits. For a missing hash the answer is no, after the same work. */
export async function isPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const fits = await argon2Verify({
    password: normalized(password),
    hash: hash ?? nobodysHash,
  });
  return fits && typeof hash === "string";
}

/** A password nobody chose, to be shown once. */
export function generatePassword(): string {
  return randomBytes(15).toString("base64url");
}

// The same letters typed on two machines can differ in bytes.
function normalized(password: string): string {
  return password.normalize("NFKC");
}
