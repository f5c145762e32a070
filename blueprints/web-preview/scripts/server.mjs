// The preview's server: files of <state>/site on a free port of 127.0.0.1. It ends itself when its state folder is gone,
// so that nothing outlives a removed environment.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";

const [, , stateDir, instance] = process.argv;
const site = path.join(stateDir, "site");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png" };
const headers = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

function send(response, status, type, body) {
  response.writeHead(status, { ...headers, "content-type": type });
  response.end(body);
}

const server = http.createServer((request, response) => {
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "text/plain", "GET only\n");
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/.well-known/preview") return send(response, 200, "application/json", JSON.stringify({ instance }));
  const file = path.join(site, path.normalize(pathname === "/" ? "/index.html" : pathname));
  if (!file.startsWith(site + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile())
    return send(response, 404, "text/plain", "Not found\n");
  send(response, 200, types[path.extname(file)] ?? "application/octet-stream", fs.readFileSync(file));
});

server.on("clientError", (_, socket) => socket.destroy());
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  const draft = path.join(stateDir, `.server-${instance}.json`);
  fs.writeFileSync(draft, JSON.stringify({ pid: process.pid, port, instance }), { mode: 0o600 });
  fs.renameSync(draft, path.join(stateDir, "server.json"));
});

setInterval(() => {
  if (!fs.existsSync(stateDir)) process.exit(0);
}, 5_000).unref();
process.on("SIGTERM", () => server.close(() => process.exit(0)) && server.closeAllConnections());
