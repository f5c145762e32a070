import type { NextApiRequest, NextApiResponse } from "next";
import type { AuthOptions } from "next-auth";
import NextAuth from "next-auth/next";

type Answer = { redirect: string; body: unknown; setCookies: string[] };

/** Keeps cookies and talks to next-auth as a browser's requests would, without a server between. */
export function openBrowser(options: AuthOptions, address = "192.0.2.1") {
  const jar = new Map<string, string>();

  async function request(method: "GET" | "POST", path: string, fields: Record<string, string> = {}): Promise<Answer> {
    const { answer, response } = recordResponse();
    const carried = {
      method,
      headers: { "x-forwarded-for": address, host: "localhost:3000" },
      cookies: Object.fromEntries(jar),
      query: { nextauth: path.split("/"), ...(method === "GET" ? fields : {}) },
      body: method === "POST" ? fields : undefined,
    };
    await NextAuth(carried as unknown as NextApiRequest, response as unknown as NextApiResponse, options);
    for (const line of answer.setCookies) keep(line);
    return answer;
  }

  function keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const name = pair.slice(0, pair.indexOf("="));
    const value = decodeURIComponent(pair.slice(pair.indexOf("=") + 1));
    if (value === "" || attributes.includes("Max-Age=0")) jar.delete(name);
    else jar.set(name, value);
  }

  async function post(path: string, fields: Record<string, string> = {}): Promise<Answer> {
    const { body } = await request("GET", "csrf");
    return request("POST", path, { ...fields, csrfToken: (body as { csrfToken: string }).csrfToken });
  }

  return { jar, get: (path: string, fields = {}) => request("GET", path, fields), post };
}

function recordResponse() {
  const answer: Answer = { redirect: "", body: null, setCookies: [] };
  const response = {
    status: () => response,
    getHeader: (name: string) => (name === "Set-Cookie" ? answer.setCookies : undefined),
    setHeader(name: string, value: string | string[]) {
      if (name === "Set-Cookie") answer.setCookies = [value].flat();
      if (name === "Location") answer.redirect = String(value);
      return response;
    },
    json: (body: unknown) => response.send(body),
    send(body: unknown) {
      answer.body = body;
    },
    end: () => {},
  };
  return { answer, response };
}
