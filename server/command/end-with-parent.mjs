// @ts-check
// Loaded first by the processes that start.mjs supervises: their standard input is a pipe from it, which closes however it
// dies. A portal whose supervisor was killed stops by itself, and leaves its port to the next start.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
