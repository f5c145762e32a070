"use client";

/** The last resort, when even the layout failed: no styles, no providers, but a sentence and a way on. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>The portal could not draw this page</h1>
          <p>Your data is safe. {error.digest ? `Reference: ${error.digest}` : ""}</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
