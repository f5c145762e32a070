import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A small identity provider on a local port: discovery, keys, tokens with PKCE. It vouches for whatever it is told. */
export async function startOidcProvider(clientId: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const grants = new Map<string, { claims: Record<string, unknown>; challenge: string; nonce: string }>();
  let issuer = "";

  const tokenFor = (code: string, verifier: string) => {
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (!grant || grant.challenge !== challenge) return { error: "invalid_grant" };
    const seconds = Math.floor(Date.now() / 1000);
    const times = { iat: seconds, exp: seconds + 300 };
    const head = `${base64url({ alg: "RS256", kid: "1", typ: "JWT" })}.${base64url({ iss: issuer, aud: clientId, nonce: grant.nonce, ...times, ...grant.claims })}`;
    const signature = createSign("RSA-SHA256").update(head).sign(privateKey, "base64url");
    return { access_token: randomUUID(), token_type: "Bearer", expires_in: 300, id_token: `${head}.${signature}` };
  };

  const answers: Record<string, (body: URLSearchParams) => unknown> = {
    "/.well-known/openid-configuration": () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ["code"],
      id_token_signing_alg_values_supported: ["RS256"],
    }),
    "/keys": () => ({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", use: "sig", alg: "RS256" }] }),
    "/token": (body) => tokenFor(body.get("code") ?? "", body.get("code_verifier") ?? ""),
  };

  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = answers[request.url ?? ""]?.(new URLSearchParams(body));
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    /** What a person's consent at `authorizationUrl` brings back: the code and state of the redirect. */
    consent(authorizationUrl: string, claims: Record<string, unknown>) {
      const asked = new URL(authorizationUrl).searchParams;
      const code = randomUUID();
      grants.set(code, { claims, challenge: asked.get("code_challenge") ?? "", nonce: asked.get("nonce") ?? "" });
      return { code, state: asked.get("state") ?? "" };
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
